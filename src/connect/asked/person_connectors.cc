#include "connect/asked/person_connectors.h"

#include "connect/asked/asked_connector.h"

namespace privity {
namespace {

using connect_internal::AskedAnswer;
using connect_internal::AskedConnector;
using connect_internal::AskedSheet;

class ManualConnector final : public AskedConnector {
 public:
  ManualConnector(const ConnectionUrl& url, const ConnectOptions& options)
      : AskedConnector(ManualKind(), url, options) {}

  Result<StoreSheet> Probe() override { return StoreSheet{.product = std::string(kind().name)}; }

 private:
  Result<AskedAnswer> Ask(const PersonOrder& order) override { return AskPerson(order, OrderMedium::kTask, ""); }
};

class EmailConnector final : public AskedConnector {
 public:
  EmailConnector(const ConnectionUrl& url, const ConnectOptions& options) : AskedConnector(EmailKind(), url, options) {}

  // No letter is sent to try it: the first one is the first order.
  Result<StoreSheet> Probe() override { return StoreSheet{.product = std::string(kind().name)}; }

 private:
  Result<AskedAnswer> Ask(const PersonOrder& order) override {
    return AskPerson(order, OrderMedium::kLetter, url().user() + "@" + url().host());
  }
};

Result<std::unique_ptr<Connector>> OpenManual(const ConnectionUrl& url, const ConnectOptions& options,
                                              const Resolver&) {
  if (!url.host().empty()) return Error("connect.url_invalid", {{"problem", "a host; it begins with manual:///"}});
  return std::unique_ptr<Connector>(std::make_unique<ManualConnector>(url, options));
}

Result<std::unique_ptr<Connector>> OpenEmail(const ConnectionUrl& url, const ConnectOptions& options, const Resolver&) {
  if (url.user().empty() || url.host().find('.') == std::string::npos) {
    return Error("connect.url_invalid", {{"problem", "no mailbox such as email://privacy@example.org"}});
  }
  return std::unique_ptr<Connector>(std::make_unique<EmailConnector>(url, options));
}

}  // namespace

const ConnectorKind& ManualKind() {
  static const ConnectorKind kind{
      .name = "Manual task",
      .title = "connect.kind_manual",
      .schemes = {"manual"},
      .parts = {{.name = "path", .label = "connect.part_where", .help = "connect.part_where_help"}},
      .sheet = AskedSheet(),
      .open = OpenManual};
  return kind;
}

const ConnectorKind& EmailKind() {
  static const ConnectorKind kind{.name = "E-mail",
                                  .title = "connect.kind_email",
                                  .schemes = {"email"},
                                  .parts = {{.name = "user", .label = "connect.part_mailbox_name", .needed = true},
                                            {.name = "host",
                                             .label = "connect.part_mail_domain",
                                             .help = "connect.part_mail_domain_help",
                                             .needed = true}},
                                  .sheet = AskedSheet(),
                                  .open = OpenEmail};
  return kind;
}

}  // namespace privity
