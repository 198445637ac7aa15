// What other people's stores hold and answer: addresses, files of records, lines of COPY, UTF-16 of drivers, replies
// and keys of Redis, access rules of directories, statements and lines in logs of access, mail and replies of mail
// servers, listings of S3, links and descriptions of services.
#include "fuzz/fuzz_target.h"

#include <set>

#include "base/json.h"
#include "base/utf8.h"
#include "connect/connection_url.h"
#include "connect/folder/file_format.h"
#include "connect/folder/json_edit.h"
#include "connect/http/service_calls.h"
#include "connect/http/service_description.h"
#include "connect/ldap/access_rules.h"
#include "connect/mail/imap_reply.h"
#include "connect/mail/mail_message.h"
#include "connect/mail/mbox_file.h"
#include "connect/mariadb/general_log.h"
#include "connect/odbc/wide_text.h"
#include "connect/postgres/copy_line.h"
#include "connect/postgres/csv_log.h"
#include "connect/redis/key_patterns.h"
#include "connect/redis/redis_reply.h"
#include "connect/s3/s3_listing.h"
#include "connect/sql/statement_uses.h"
#include "packs/pack.h"

namespace privity {
namespace {

using namespace connect_internal;

void ReadAddress(std::string_view input) {
  const auto url = ConnectionUrl::Parse(input);
  if (!url.ok()) return;
  FUZZ_CHECK(IsUtf8(url->Label()));
  const std::string_view password = url->password().Reveal();
  FUZZ_CHECK(password.size() < 9 || input.find(password) == std::string_view::npos ||
             url->Label().find(password) == std::string::npos || url->path().find(password) != std::string::npos ||
             url->host().find(password) != std::string::npos);
}

// Every format gets to the end of every text, and its cells lie in what it was given.
void ReadFile(std::string_view input, std::string_view file_name) {
  const auto format = FormatOf(file_name);
  std::string text(input);
  std::size_t at = 0;
  std::vector<FieldCell> cells;
  while (at < text.size()) {
    const FileFormat::Step step = format->Take(text.data() + at, text.size() - at, true, cells);
    FUZZ_CHECK(step.found != FileFormat::Found::kMore);
    FUZZ_CHECK(step.consumed > 0 && step.consumed <= text.size() - at);
    if (step.found == FileFormat::Found::kRecord) {
      for (const FieldCell& cell : cells) FUZZ_CHECK(cell.kind != CellKind::kText || IsUtf8(cell.bytes));
    }
    at += step.consumed;
  }
}

// A changed record reads as one record with the new value, in a table and as a document.
void ChangeRecords(std::string_view input) {
  const std::string value = "new, \"one\"";
  if (const auto document = ParseJson(input); document.ok() && document->members()) {
    if (const auto changed = WithJsonValue(input, "a", value)) {
      FUZZ_CHECK((*ParseJson(*changed))["a"].StringOr("") == value);
    }
  }
  const auto format = CsvFormat(',');
  std::string text = "a,b\n" + std::string(input);
  std::vector<FieldCell> cells;
  const std::size_t header = format->Take(text.data(), text.size(), true, cells).consumed;
  const std::string row(text.substr(header));
  if (row.empty() || format->Take(text.data() + header, row.size(), true, cells).found != FileFormat::Found::kRecord) {
    return;
  }
  auto changed = format->WithValues(row, {{"b", value}});
  FUZZ_CHECK(changed.has_value());
  FUZZ_CHECK(format->Take(changed->data(), changed->size(), true, cells).found == FileFormat::Found::kRecord);
  FUZZ_CHECK(cells[1].bytes == value);
}

// In pieces or at once, the replies are the same.
template <class Replies>
void ReadReplies(std::string_view input) {
  const auto count = [&](std::size_t piece_bytes) {
    Replies replies;
    std::size_t whole = 0;
    for (std::size_t at = 0; at < input.size(); at += piece_bytes) {
      replies.Feed(input.substr(at, piece_bytes));
      while (replies.Take()) ++whole;
    }
    return whole;
  };
  FUZZ_CHECK(count(1) == count(input.size() + 1));
}

// A key belongs to one of the patterns that were made from it, and to one only.
void ReadKeys(std::string_view input) {
  std::vector<std::string> keys;
  for (std::string_view rest = input; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    keys.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const std::vector<KeyPattern> patterns = KeyPatterns(keys);
  for (const std::string& key : keys) {
    if (!IsUtf8(key)) continue;
    std::size_t matching = 0;
    for (const KeyPattern& each : patterns) matching += MatchesKeyPattern(each.pattern, key) ? 1 : 0;
    FUZZ_CHECK(matching == 1);
  }
}

// Whatever a sender wrote, text is UTF-8, and the name of a mailbox is spelled in one way only.
void ReadMail(std::string_view input) {
  MailMessage message;
  std::vector<FieldCell> cells;
  message.Fill(input, false, cells);
  for (const FieldCell& cell : cells) FUZZ_CHECK(cell.kind != CellKind::kText || IsUtf8(cell.bytes));
  FUZZ_CHECK(!MailKey(input).empty());
  static_cast<void>(ParseMailAddresses(input));
  static_cast<void>(DecodeMailWords(input));
  std::string unquoted(input);
  UnquoteFromLines(unquoted);
  FUZZ_CHECK(unquoted.size() <= input.size());
  if (const auto name = DecodeMailboxName(input)) {
    FUZZ_CHECK(IsUtf8(*name));
    FUZZ_CHECK(EncodeMailboxName(*name) == input);
  }
}

// Text that is text comes back from UTF-16 as it was; anything else becomes text.
void ReadWideText(std::string_view input) {
  const std::string there_and_back = Utf8Of(Utf16Of(input));
  FUZZ_CHECK(IsUtf8(there_and_back));
  FUZZ_CHECK(!IsUtf8(input) || there_and_back == input);
}

// Whoever a rule names gets an answer, and a name is spelled in one way only.
void ReadLdapRule(std::string_view input) {
  const std::string name = NormalDn(input);
  FUZZ_CHECK(NormalDn(name) == name);
  const auto rule = ParseLdapRule(input);
  if (!rule) return;
  const auto member = [](const std::string& dn, const LdapSubject&) { return dn.size() % 2 == 0; };
  for (const LdapBy& by : rule->by) {
    static_cast<void>(AccessOf({*rule, *rule}, by.subject, "uid=a,ou=people,dc=example,dc=org", "mail", member));
  }
}

// What is accepted as a description keeps its promises: names once, a key that is a field or a path of its own.
void ReadService(std::string_view input) {
  static const std::vector<PackKind> kinds = {ServiceKind()};
  const auto pack = ReadPack(kinds, "f.yaml", input);
  if (!pack.ok()) return;
  const auto& service = *static_cast<const ServiceDescription*>(pack->object.get());
  std::set<std::string> names;
  for (const ServiceCollection& collection : service.collections) FUZZ_CHECK(names.insert(collection.name).second);
}

// Each use is told once, and a place has a name.
void ReadStatement(std::string_view input) {
  for (const SqlSpelling spelling : {SqlSpelling::kMariaDb, SqlSpelling::kPostgres}) {
    const auto uses = UsesOf(input, spelling);
    FUZZ_CHECK(std::set(uses.begin(), uses.end()).size() == uses.size());
    for (const StatementUse& use : uses) FUZZ_CHECK(use.collection.space.empty() || !use.collection.name.empty());
  }
}

// In pieces or at once, the lines are the same.
void ReadAccessLogs(std::string_view input) {
  GeneralLogReader reader({"a@%", "a@" + std::string(input.substr(0, 64))}, "");
  const Connector::OnAccess take = [](const AccessEvent&) { return Ok(); };
  for (const std::string_view command : {"Connect", "Query"}) {
    FUZZ_CHECK(reader.Follow({.user_host = input, .thread = "1", .command = command, .argument = input}, &take).ok());
  }
  const auto lines = [&](std::size_t piece_bytes) {
    CsvLogReader log;
    std::string told;
    for (std::size_t at = 0; at < input.size(); at += piece_bytes) {
      static_cast<void>(log.Take(input.substr(at, piece_bytes), [&](const CsvLogLine& line) {
        told.append(line.user).append("|").append(line.message).append("\n");
        return Ok();
      }));
    }
    FUZZ_CHECK(log.told_bytes() <= static_cast<std::int64_t>(input.size()));
    return told;
  };
  FUZZ_CHECK(lines(input.size() + 1) == lines(3));
}

void ReadCopyLine(std::string_view input) {
  std::string line(input);
  std::vector<FieldCell> cells(3);
  static_cast<void>(ParseCopyLine(line.data(), line.size(), cells));
}

}  // namespace

PRIVITY_FUZZ_TARGET(connect) {
  if (input.size() > 64 << 10) return;
  ReadAddress(input);
  for (const char* file_name : {"a.csv", "a.tsv", "a.json", "a.jsonl", "a.txt"}) ReadFile(input, file_name);
  ChangeRecords(input);
  ReadReplies<RedisReplies>(input);
  ReadReplies<ImapReplies>(input);
  ReadMail(input);
  static_cast<void>(ParseS3Listing(input));
  static_cast<void>(ParseS3ErrorCode(input));
  ReadKeys(input);
  ReadLdapRule(input);
  ReadStatement(input);
  ReadAccessLogs(input);
  ReadCopyLine(input);
  ReadWideText(input);
  ReadService(input);
  const std::string link = NextLink(input);
  FUZZ_CHECK(link.empty() || input.find(link) != std::string_view::npos);
}

}  // namespace privity
