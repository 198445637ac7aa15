#include "store/internal/sqlite/reader_pool.h"

#include <algorithm>

namespace privity::store_internal {

ReaderPool::Lease::~Lease() {
  if (reader_.connection != nullptr) pool_->GiveBack(std::move(reader_));
}

Status ReaderPool::Lease::BeginRead() {
  if (pool_->IsCurrent(reader_)) return Ok();
  PRIVITY_TRY_VOID(EndRead(reader_));
  const Begin begin{.generation = pool_->generation_, .at = std::chrono::steady_clock::now()};
  PRIVITY_TRY_VOID(reader_.connection->Run("BEGIN", {}, nullptr, nullptr));
  reader_.begin = begin;
  return Ok();
}

bool ReaderPool::SeesNewest(const Reader& reader) const {
  const std::optional<Begin>& begin = reader.begin;
  return begin && begin->generation % 2 == 0 && begin->generation == generation_ && reader.connection->in_transaction();
}

bool ReaderPool::IsCurrent(const Reader& reader) const {
  return SeesNewest(reader) && std::chrono::steady_clock::now() - reader.begin->at < kKeptFor;
}

Status ReaderPool::EndRead(Reader& reader) {
  reader.begin.reset();
  if (!reader.connection->in_transaction()) return Ok();
  return reader.connection->Run("ROLLBACK", {}, nullptr, nullptr);  // nothing to save: it was a read
}

Result<ReaderPool::Lease> ReaderPool::Take(Deadline deadline) {
  Reader reader;
  {
    std::unique_lock lock(mutex_);
    const auto answered = [&] { return state_ == State::kRefusing || (state_ == State::kOpen && lent_ < size_); };
    if (!changed_.wait_until(lock, deadline, answered)) return Error("store.unavailable", {{"reason", "busy"}});
    if (state_ == State::kRefusing) return Error("store.unavailable", {{"reason", "recovering"}});
    ++lent_;
    if (!idle_.empty()) {
      reader = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (reader.connection == nullptr) {
    Result<std::unique_ptr<SqliteConnection>> opened =
        SqliteConnection::Open(path_, SqliteConnection::Mode::kReadOnly, vfs_);
    if (!opened.ok()) {
      GiveBack({});
      return std::move(opened).error();
    }
    reader.connection = *std::move(opened);
  }
  return Lease(this, std::move(reader));
}

void ReaderPool::GiveBack(Reader reader) {
  bool is_sound = reader.connection != nullptr && (IsCurrent(reader) || EndRead(reader).ok());
  std::unique_lock lock(mutex_);
  // Looked at again where Refresh cannot come in between.
  if (is_sound && reader.begin && !SeesNewest(reader)) is_sound = EndRead(reader).ok();
  if (state_ == State::kOpen && is_sound && !reader.connection->in_doubt()) {
    idle_.push_back(std::move(reader));
  } else if (reader.connection != nullptr) {
    lock.unlock();
    reader.connection.reset();  // the file is closed before it counts as returned
    lock.lock();
  }
  --lent_;
  changed_.notify_all();
}

void ReaderPool::Refresh() {
  const std::lock_guard lock(mutex_);
  std::erase_if(idle_, [](Reader& reader) { return !EndRead(reader).ok(); });
}

bool ReaderPool::Close(Deadline deadline) {
  std::vector<Reader> idle;
  std::unique_lock lock(mutex_);
  state_ = State::kClosed;
  idle.swap(idle_);
  lock.unlock();
  idle.clear();
  lock.lock();
  return changed_.wait_until(lock, deadline, [&] { return lent_ == 0; });
}

void ReaderPool::Refuse() {
  const std::lock_guard lock(mutex_);
  state_ = State::kRefusing;
  changed_.notify_all();
}

void ReaderPool::Open() {
  const std::lock_guard lock(mutex_);
  state_ = State::kOpen;
  changed_.notify_all();
}

}  // namespace privity::store_internal
