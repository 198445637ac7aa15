// A helper program of a test: started with pipes, read line by line, ended by its pid.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace privity {

// Ends the process when it goes out of scope (standard input closes; if that does not help within two seconds, it is
// killed).
class HelperProcess {
 public:
  // The program is found through PATH.
  explicit HelperProcess(const std::vector<std::string>& command);
  ~HelperProcess();
  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;

  // The next line of its standard output without its end; nothing when it has ended or is silent for ten seconds.
  std::optional<std::string> ReadLine();

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string buffer_;
};

// A certificate for "localhost" and 127.0.0.1 with its key, made by the openssl program.
struct TestCertificate {
  std::string certificate_file;
  std::string key_file;
};
// `directory` exists. Nothing when openssl is not installed.
std::optional<TestCertificate> MakeTestCertificate(const std::string& directory);

}  // namespace privity
