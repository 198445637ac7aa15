// What an IMAP server says (RFC 3501 section 7), taken apart: fed with bytes as they come, in bounded memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace privity::connect_internal {

struct ImapToken {
  enum class Kind { kAtom, kString, kOpen, kClose };
  Kind kind = Kind::kAtom;
  std::string text{};
};

struct ImapReply {
  std::string tag{};   // "*", "+", or that of the command
  std::string line{};  // what follows the tag, without literals
  std::vector<ImapToken> tokens{};

  // "NONEXISTENT" of "NO [NONEXISTENT] ...", or "".
  std::string_view Code() const;
  // The number behind a word of the line: 7 for "UIDVALIDITY" in "OK [UIDVALIDITY 7]".
  std::optional<std::int64_t> NumberBehind(std::string_view word) const;
  // Whether the first word, or the second behind a number, is this one.
  bool Is(std::string_view word) const;
};

class ImapReplies {
 public:
  void Feed(std::string_view bytes);
  // The next whole reply; null when there is none yet, or no more after something that no server says.
  std::unique_ptr<ImapReply> Take();
  bool is_broken() const { return is_broken_; }

 private:
  bool TakeLiteral();
  void Finish(ImapReply& reply);

  std::string bytes_;
  std::size_t searched_ = 0;
  std::string line_;                   // of the reply so far; a literal stands in it as "\0"
  std::vector<std::string> literals_;  // of it
  std::uint64_t literal_left_ = 0;
  bool is_in_literal_ = false;
  bool is_broken_ = false;
};

// Names of mailboxes (RFC 3501 section 5.1.3): "Entw&APw-rfe" is "Entwürfe". Nothing when the text is not in that form.
std::optional<std::string> DecodeMailboxName(std::string_view name);
std::string EncodeMailboxName(std::string_view text);

}  // namespace privity::connect_internal
