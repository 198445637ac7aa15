#include "connect/mail/letters.h"

#include <algorithm>
#include <array>

#include "connect/internal/cells.h"
#include "connect/mail/mail_message.h"

namespace privity {
namespace {

using connect_internal::MailHeader;
using connect_internal::MailMessage;

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool TakesNoAnswers(const std::string& address) {
  constexpr std::array<std::string_view, 6> kNames = {"mailer-daemon", "postmaster",   "no-reply",
                                                      "noreply",       "do-not-reply", "donotreply"};
  const std::string name = Lower(address.substr(0, address.find('@')));
  return std::ranges::find(kNames, name) != kNames.end();
}

bool IsAutomatic(std::string_view raw, const std::string& from) {
  const auto header = [&](std::string_view name) { return Lower(MailHeader(raw, name)); };
  const std::string submitted = header("auto-submitted");
  if (!submitted.empty() && !submitted.starts_with("no")) return true;
  constexpr std::array<std::string_view, 4> kBulk = {"bulk", "junk", "list", "auto_reply"};
  if (std::ranges::find(kBulk, header("precedence")) != kBulk.end()) return true;
  for (const char* name : {"list-id", "list-unsubscribe", "x-autoreply", "x-autorespond"}) {
    if (!header(name).empty()) return true;
  }
  return header("return-path") == "<>" || header("content-type").starts_with("multipart/report") ||
         TakesNoAnswers(from);
}

std::string CutText(std::string_view text, std::size_t bytes_max) {
  FieldCell cell = connect_internal::TextCell("", text);
  if (cell.kind != CellKind::kText) return "";
  connect_internal::CutCell(bytes_max, cell);
  return std::string(cell.bytes);
}

}  // namespace

MailLetter ReadLetter(std::string_view raw, bool is_cut) {
  constexpr std::size_t kLineBytesMax = 300;
  MailLetter letter{
      .id = connect_internal::MailKey(raw), .from = {}, .from_name = {}, .subject = {}, .text = {}, .is_cut = is_cut};
  const auto senders = connect_internal::ParseMailAddresses(MailHeader(raw, "from"));
  if (senders.size() == 1) {
    letter.from = CutText(senders[0].address, kLineBytesMax);
    letter.from_name = CutText(senders[0].name, 200);
  }
  MailMessage message;
  std::vector<FieldCell> cells;
  message.Fill(raw, is_cut, cells);
  for (const FieldCell& cell : cells) {
    if (cell.field == "subject") letter.subject = CutText(cell.bytes, kLineBytesMax);
    if (cell.field == "attachment" && !cell.bytes.empty()) letter.attachments += 1;
    if (cell.field != "body" || !letter.text.empty() || IsBlank(cell.bytes)) continue;
    letter.text = CutText(cell.bytes, kLetterTextBytesMax);
    letter.is_cut |= cell.bytes.size() > kLetterTextBytesMax;
  }
  letter.is_automatic = IsAutomatic(raw, letter.from);
  return letter;
}

LetterReader* AsLetterReader(Connector& connector) {
  return dynamic_cast<LetterReader*>(&connector);
}

}  // namespace privity
