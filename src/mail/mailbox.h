// Who a message is from or to: an address and, if known, a name (RFC 5322 section 3.4).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace privity {

// Always a plain address: an ASCII dot-atom local part of up to 64 characters, "@", and a host name in ASCII
// (internationalized ones as xn--…), 254 in all. Quoted local parts, comments and address literals are refused: no
// customer has one, many attacks do.
class Mailbox {
 public:
  // mail.address_invalid; mail.header_invalid{header=name} when the name is not UTF-8 or holds a control character.
  // Neither carries the text.
  static Result<Mailbox> Create(std::string_view address, std::string_view name = "");

  const std::string& address() const { return address_; }
  const std::string& name() const { return name_; }
  std::string domain() const { return address_.substr(address_.rfind('@') + 1); }
  // "a•••@example.org": for lists that people see.
  std::string Masked() const;
  bool operator==(const Mailbox&) const = default;

 private:
  Mailbox(std::string address, std::string name) : address_(std::move(address)), name_(std::move(name)) {}
  std::string address_;
  std::string name_;
};

}  // namespace privity
