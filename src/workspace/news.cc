#include "workspace/news.h"

namespace privity {
namespace {

// A UUIDv7 begins with 48 bits of milliseconds since 1970 (RFC 9562 section 5.7).
constexpr std::size_t kTimeBytes = 6;

std::int64_t MillisOf(const NewsId& id) {
  std::int64_t millis = 0;
  for (std::size_t i = 0; i < kTimeBytes; ++i)
    millis = (millis << 8) | std::to_integer<std::int64_t>(id.uuid().bytes()[i]);
  return millis;
}

// The smallest id of that time.
NewsId FirstAt(std::int64_t millis) {
  std::array<std::byte, 16> bytes{};
  for (std::size_t i = kTimeBytes; i-- > 0; millis >>= 8) bytes[i] = static_cast<std::byte>(millis & 0xFF);
  return NewsId(Uuid::FromBytes(bytes));
}

}  // namespace

bool NewsAudience::Includes(const Caller& caller) const {
  return person ? person == caller.user : caller.May(permission);
}

Status News::Publish(WriteTx& tx, const NewsAudience& audience, std::string_view name, std::string_view topic,
                     const Json& data) const {
  Invariant(audience.person.has_value() == audience.permission.empty(), "news are for a permission or for a person");
  const std::string person = audience.person ? audience.person->ToString() : std::string();
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO workspace_news(topic, name, permission, person, id, data) VALUES($1, $2, $3, $4, $5, $6) "
                 "ON CONFLICT(topic, name, permission, person) DO UPDATE SET id = excluded.id, data = excluded.data",
                 {topic, name, audience.permission, person, NewsId::New(clock_), ToJson(data)}));
  tx.OnCommit([wake = wake_] {
    const std::lock_guard lock(wake->mutex);
    if (wake->call) wake->call();
  });
  return Ok();
}

Result<std::vector<NewsItem>> News::After(ReadTx& tx, const NewsId& after, int limit) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT id, permission, person, name, data FROM workspace_news WHERE id > $1 "
                                        "ORDER BY id LIMIT $2",
                                        {after, limit}));
  std::vector<NewsItem> items;
  for (const Row& row : rows) {
    NewsItem item{.id = row.Get<NewsId>(0),
                  .audience = {.permission = row.Get<std::string>(1), .person = {}},
                  .name = row.Get<std::string>(3),
                  .data = row.Get<std::string>(4)};
    if (const auto person = row.Get<std::string>(2); !person.empty()) {
      PRIVITY_TRY(item.audience.person, UserId::Parse(person));
    }
    items.push_back(std::move(item));
  }
  return items;
}

NewsId News::Before(const NewsId& id) {
  return FirstAt(std::max<std::int64_t>(0, MillisOf(id) - std::chrono::milliseconds(kOverlap).count()));
}

bool News::Reaches(const NewsId& id) const {
  return MillisOf(id) >= ToMicros(clock_.Now() - kKept) / 1000;
}

Result<std::int64_t> News::Sweep(WriteTx& tx) const {
  return tx.Execute("DELETE FROM workspace_news WHERE id < $1", {FirstAt(ToMicros(clock_.Now() - kKept) / 1000)});
}

void News::OnCommit(std::function<void()> wake) const {
  const std::lock_guard lock(wake_->mutex);
  wake_->call = std::move(wake);
}

}  // namespace privity
