// The kinds of stores that there are. A new kind is a new folder beside this file and one line in the list.
#include <algorithm>
#include <array>

#include "connect/asked/person_connectors.h"
#include "connect/asked/webhook_connector.h"
#include "connect/connector.h"
#include "connect/folder/folder_connector.h"
#include "connect/http/http_connector.h"
#include "connect/ldap/ldap_connector.h"
#include "connect/local_kinds.h"
#include "connect/mail/imap_connector.h"
#include "connect/mail/maildir_connector.h"
#include "connect/mail/mbox_connector.h"
#include "connect/mariadb/mariadb_connector.h"
#include "connect/odbc/odbc_connector.h"
#include "connect/postgres/postgres_connector.h"
#include "connect/redis/redis_connector.h"
#include "connect/s3/s3_connector.h"
#include "connect/sqlite/sqlite_connector.h"

namespace privity {

std::span<const ConnectorKind* const> ConnectorKinds() {
  static const std::array kinds = {&SqliteKind(), &PostgresKind(), &MariaDbKind(), &OdbcKind(),    &RedisKind(),
                                   &LdapKind(),   &ImapKind(),     &MboxKind(),    &MaildirKind(), &S3Kind(),
                                   &FolderKind(), &HttpKind(),     &WebhookKind(), &EmailKind(),   &ManualKind()};
  return kinds;
}

bool ReadsThisMachine(const ConnectorKind& kind) {
  static const std::array local = {&SqliteKind(), &MboxKind(), &MaildirKind(), &FolderKind()};
  return std::ranges::find(local, &kind) != local.end();
}

Result<std::unique_ptr<Connector>> OpenConnector(const ConnectionUrl& url, const ConnectOptions& options,
                                                 const Resolver& resolver) {
  std::string accepted;
  for (const ConnectorKind* kind : ConnectorKinds()) {
    if (std::ranges::find(kind->schemes, url.scheme()) != kind->schemes.end()) {
      return kind->open(url, options, resolver);
    }
    for (const std::string_view scheme : kind->schemes) {
      accepted.append(accepted.empty() ? "" : ", ").append(scheme).append("://");
    }
  }
  return Error("connect.kind_unknown", {{"scheme", url.scheme()}, {"accepted", accepted}});
}

}  // namespace privity
