(() => {
  const kept = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const root = document.documentElement;
  const language = kept("gongkai.language") || ((navigator.language || "zh").startsWith("zh") ? "zh" : "en");
  root.dataset.lang = language;
  root.lang = language === "zh" ? "zh-CN" : "en";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const setTheme = () => { root.dataset.theme = kept("gongkai.theme") || (dark.matches ? "dark" : "light"); };
  setTheme();
  dark.addEventListener("change", setTheme);
})();
