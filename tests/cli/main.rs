//! The command line as its users meet it: the binary, its streams, its exit status, and what it leaves on the disk.

mod extract;
mod hostile;
mod kill;
mod looks;
mod network;
mod pipeline_file;
mod project;
mod run;
mod streams;
