// Makes what the judges look at:
//
//   judge_samples report DIR              people.csv, people.xlsx, package.zip, report.html, report.pdf in DIR
//   judge_samples mail FILE               a message with text, HTML and an attachment
//   judge_samples webhook URL SECRET...   sends one signed message to a loopback URL, prints the outcome
//   judge_samples verify SECRET ID TIMESTAMP SIGNATURE BODY   prints "ok" or the error's code
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "mail/message.h"
#include "net/webhook.h"
#include "report/document.h"
#include "report/table.h"
#include "report/zip.h"

namespace privity {
namespace {

ByteSink Into(std::ofstream& file) {
  return [&file](BytesView bytes) -> Status {
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return file ? Ok() : Status(Error("report.io", {{"path", "sample"}}));
  };
}

Status WriteTable(TableWriter& writer) {
  PRIVITY_TRY_VOID(writer.Begin({{.title = "name", .width_characters = 30},
                                 {.title = "count"},
                                 {.title = "share"},
                                 {.title = "active"},
                                 {.title = "day"},
                                 {.title = "seen"},
                                 {.title = "empty"}}));
  const Date day = Date::Parse("2026-03-10").value();
  const Instant seen = ParseInstant("2026-03-10T09:30:00Z").value();
  for (const char* name :
       {"=HYPERLINK(\"https://evil.example\")", "Zoë, \"Quote\"\nand line", "日本語", "+49 30 1234", "plain"}) {
    PRIVITY_TRY_VOID(
        writer.Row(std::vector<Cell>{std::string(name), std::int64_t{-42}, 0.25, true, day, seen, Cell()}));
  }
  return writer.Finish();
}

Status WriteDocument(DocumentWriter& writer) {
  const std::string hostile = "</p><script>document.title='owned'</script><img src=x onerror=alert(1)>";
  PRIVITY_TRY_VOID(writer.Heading(1, "Certificate of erasure"));
  PRIVITY_TRY_VOID(writer.Paragraph(hostile));
  PRIVITY_TRY_VOID(writer.List(std::vector<std::string>{"first", "second"}));
  PRIVITY_TRY_VOID(writer.Link("How to verify", "https://example.org/verify?a=1&b=2"));
  PRIVITY_TRY_VOID(writer.Table({.caption = "What was done",
                                 .columns = {{.title = "Store"}, {.title = "Rows"}},
                                 .rows = {{hostile, "3"}, {"shop", "4"}}}));
  return writer.Finish();
}

Status WriteZip(ByteSink sink) {
  ZipWriter writer(std::move(sink), ParseInstant("2026-03-10T09:30:00Z").value());
  PRIVITY_TRY_VOID(writer.Add("data.json", AsBytes("{\"a\":1}")));
  PRIVITY_TRY_VOID(writer.Add("Übersicht/日本.txt", AsBytes(std::string(200'000, 'x'))));
  PRIVITY_TRY_VOID(writer.Add("empty", {}));
  return writer.Finish();
}

Status WriteReports(const std::string& directory) {
  const auto open = [&](const char* name) { return std::ofstream(directory + "/" + name, std::ios::binary); };
  auto csv = open("people.csv"), xlsx = open("people.xlsx"), zip = open("package.zip"), html = open("report.html"),
       pdf = open("report.pdf");
  const DocumentInfo info{.title = "Certificate of erasure", .language = "en-GB"};
  PRIVITY_TRY_VOID(WriteTable(*MakeCsvWriter(Into(csv))));
  PRIVITY_TRY_VOID(WriteTable(*MakeXlsxWriter({.sheet_name = "People", .temporary_directory = directory}, Into(xlsx))));
  PRIVITY_TRY_VOID(WriteZip(Into(zip)));
  PRIVITY_TRY_VOID(WriteDocument(*MakeHtmlWriter(info, Into(html))));
  return WriteDocument(*MakePdfWriter(info, Into(pdf)));
}

Status WriteMail(const std::string& path) {
  PRIVITY_TRY(const Mailbox from, Mailbox::Create("privity@example.org", "Datenschutz, \"Example\" GmbH & Söhne"));
  PRIVITY_TRY(const Mailbox to, Mailbox::Create("anna@example.org", "Anna O'Žan"));
  PRIVITY_TRY(const std::string message,
              ComposeMail({.from = from,
                           .to = to,
                           .subject = "Ihre Anfrage über „alles“ – 日本語の件名です、とても長いので折り返されます",
                           .text = "Grüße\n.\nFrom here\n  two spaces \n" + std::string(200, '=') + "\n",
                           .html = "<p>日本語</p>",
                           .language = "de",
                           .message_id = "m1@example.org",
                           .date = ParseInstant("2026-03-10T09:30:00Z").value(),
                           .unsubscribe_url = "https://example.org/u?t=1",
                           .attachments = {{.file_name = "Übersicht – 日本.pdf",
                                            .media_type = "application/pdf",
                                            .content = Bytes(3000, std::byte{0xfe})}}}));
  std::ofstream file(path, std::ios::binary);
  return Into(file)(AsBytes(message));
}

Result<std::string> SendSample(const std::string& url, const std::vector<std::string>& secrets) {
  OutboundPolicy policy{.allow_http = true};
  policy.addresses.allowed_networks = {Network::Parse("127.0.0.0/8").value()};
  PRIVITY_TRY(const Url target, Url::Parse(url));
  WebhookMessage message{
      .url = target, .secrets = {}, .id = "msg_2026", .body = R"({"type":"case.closed","data":{"name":"Zoë"}})"};
  for (const std::string& text : secrets) {
    PRIVITY_TRY(WebhookSecret secret, WebhookSecret::Parse(SecretString(text)));
    message.secrets.push_back(std::move(secret));
  }
  const SystemResolver resolver;
  const WebhookAttempt attempt = SendWebhook(GuardedHttp(resolver), policy, message, SystemClock().Now());
  const char* const names[] = {"delivered", "retry", "disabled", "refused"};
  return std::string(names[static_cast<int>(attempt.outcome)]);
}

Result<std::string> VerifySample(const std::vector<std::string>& a) {
  PRIVITY_TRY(const WebhookSecret secret, WebhookSecret::Parse(SecretString(a.at(0))));
  PRIVITY_TRY_VOID(VerifyWebhook(std::vector{secret}, {a.at(1), a.at(2), a.at(3)}, a.at(4), SystemClock().Now()));
  return std::string("ok");
}

Result<std::string> Run(const std::string& command, const std::vector<std::string>& arguments) {
  if (command == "report") {
    PRIVITY_TRY_VOID(WriteReports(arguments.at(0)));
    return std::string("written");
  }
  if (command == "mail") {
    PRIVITY_TRY_VOID(WriteMail(arguments.at(0)));
    return std::string("written");
  }
  if (command == "webhook") return SendSample(arguments.at(0), {arguments.begin() + 1, arguments.end()});
  if (command == "verify") return VerifySample(arguments);
  return Error("test.usage");
}

}  // namespace
}  // namespace privity

int main(int count, char** words) {
  if (count < 3) return 2;
  const auto said = privity::Run(words[1], {words + 2, words + count});
  std::puts(said.ok() ? said->c_str() : said.error().DebugString().c_str());
  return said.ok() ? 0 : 1;
}
