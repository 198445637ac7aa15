// One libcurl transfer with every door shut that this room does not open by name.
//
// The handle connects to the addresses it was given and to no other, reads nothing from the environment, and stops when
// the token says so. Used by one thread.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/resolver.h"

namespace privity {

class CurlHandle {
 public:
  // Without a target (a Unix socket) the caller sets where to connect.
  CurlHandle(std::optional<CheckedTarget> target, std::stop_token stop);
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  // Our own call with a wrong option is our bug, not the world's.
  template <class Value>
  void Set(CURLoption option, Value value) {
    Invariant(curl_easy_setopt(handle_.get(), option, value) == CURLE_OK, "libcurl takes the option");
  }
  void SetHeaders(const std::vector<std::string>& lines);
  void SetRecipient(const std::string& path);  // of mail
  // "" stands for the system's authorities.
  void SetTls(const std::string& ca_file);
  void SetTimeouts(std::chrono::milliseconds connect, std::chrono::milliseconds total, std::chrono::seconds stall);

  CURLcode Perform();
  // After Perform with CURLOPT_CONNECT_ONLY; CURLE_AGAIN: nothing could be moved without waiting for ActiveSocket.
  CURLcode Send(std::string_view bytes, std::size_t& sent);
  CURLcode Receive(std::span<char> out, std::size_t& size);
  curl_socket_t ActiveSocket() const;
  long ResponseCode() const;
  bool HasConnected() const;

  // What went wrong, by host only. `callback_error` wins: it is why our own callback stopped the transfer.
  Error ToError(CURLcode code, const std::string& host, std::optional<Error> callback_error) const;

 private:
  struct EasyDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using List = std::unique_ptr<curl_slist, ListDeleter>;

  static curl_socket_t OpenSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int OnProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  static void Append(List& list, const std::string& line);

  std::unique_ptr<CURL, EasyDeleter> handle_;
  std::optional<CheckedTarget> target_;
  std::stop_token stop_;
  List headers_, pins_, recipients_;
  bool socket_refused_ = false;
  char detail_[CURL_ERROR_SIZE] = "";
};

}  // namespace privity
