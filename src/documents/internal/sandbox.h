// A program of somebody else that reads outside bytes and answers with text, kept in a box.
//
// In the child, before the program starts: limits on processor time, memory, open files and file size (0: it can write
// into its pipe and nowhere else); Landlock, where the kernel has it (5.13), leaves the system's libraries and data
// readable and everything else unreachable; a seccomp filter refuses sockets, tracing and mounts; no new privileges; an
// empty environment but for what is given. A program of ours, which must find out about the system first, takes itself
// what it can reach (CloseFiles). The parent stops it by the clock and by the size of its output.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace privity::documents_internal {

struct BoxedProgram {
  std::string path;                    // "/usr/bin/pdftotext"
  std::vector<std::string> arguments;  // without the name
  std::vector<std::string> environment = {};
  bool closes_files = false;  // by CloseFiles, once it has started and before it reads its input
  std::int64_t memory_bytes_max = 0;
  std::int64_t output_bytes_max = 0;
  int seconds_max = 0;
};

struct BoxedOutput {
  std::string text;
  bool was_cut = false;  // by the limit of its output
};

// Gives `input` as a file on standard input. Errors: documents.helper_missing{program}, documents.helper{program} (it
// failed, was stopped by a limit, or could not be boxed).
Result<BoxedOutput> RunBoxed(const BoxedProgram& program, std::string_view input);

// For a program that is ours: from now on this process opens no file at all but its input, as "/proc/self/fd/0".
// False when the kernel has Landlock and it failed.
bool CloseFiles();

}  // namespace privity::documents_internal
