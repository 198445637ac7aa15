#include "http/message.h"

#include <algorithm>
#include <mutex>

namespace privity {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// What most requests and answers need: enough not to grow step by step.
constexpr std::size_t kUsualBytes = 1024;
constexpr std::size_t kUsualFields = 20;

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return Lower(x) == Lower(y); });
}

void Headers::Add(std::string_view name, std::string_view value) {
  if (fields_.empty()) {
    text_.reserve(kUsualBytes);
    fields_.reserve(kUsualFields);
  }
  Field field{};
  field.name_begin = static_cast<std::uint32_t>(text_.size());
  field.name_size = static_cast<std::uint32_t>(name.size());
  text_.append(name);
  field.value_begin = static_cast<std::uint32_t>(text_.size());
  field.value_size = static_cast<std::uint32_t>(value.size());
  text_.append(value);
  std::replace_if(text_.begin() + field.value_begin, text_.end(), IsControl, ' ');
  fields_.push_back(field);
}

void Headers::Append(const Headers& others) {
  const auto shift = static_cast<std::uint32_t>(text_.size());
  text_.append(others.text_);
  fields_.reserve(fields_.size() + others.fields_.size());
  for (Field field : others.fields_) {
    field.name_begin += shift;
    field.value_begin += shift;
    fields_.push_back(field);
  }
}

void Headers::Set(std::string_view name, std::string_view value) {
  Remove(name);
  Add(name, value);
}

void Headers::Remove(std::string_view name) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (!EqualIgnoringCase(at(i).first, name)) fields_[kept++] = fields_[i];
  }
  fields_.resize(kept);
}

std::pair<std::string_view, std::string_view> Headers::at(std::size_t index) const {
  const Field& field = fields_[index];
  const std::string_view text = text_;
  return {text.substr(field.name_begin, field.name_size), text.substr(field.value_begin, field.value_size)};
}

std::optional<std::string_view> Headers::Find(std::string_view name) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto [field_name, value] = at(i);
    if (EqualIgnoringCase(field_name, name)) return value;
  }
  return std::nullopt;
}

std::string Headers::Joined(std::string_view name) const {
  std::string all;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto [field_name, value] = at(i);
    if (!EqualIgnoringCase(field_name, name)) continue;
    if (!all.empty()) all += ", ";
    all += value;
  }
  return all;
}

std::size_t Headers::Count(std::string_view name) const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < fields_.size(); ++i) count += EqualIgnoringCase(at(i).first, name);
  return count;
}

void Headers::Clear() {
  text_.clear();
  fields_.clear();
}

struct EventChannel::State {
  std::mutex mutex;
  std::string pending;
  bool closed = false;
  std::function<void()> wake;
  std::function<void()> on_close;
};

EventChannel::EventChannel() : state_(std::make_unique<State>()) {}
EventChannel::~EventChannel() = default;

bool EventChannel::Send(std::string_view event, std::string_view data, std::string_view id) {
  std::function<void()> wake;
  bool overflow = false;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->closed) return false;
    std::string& out = state_->pending;
    overflow = out.size() + data.size() > kPendingBytesMax;
    if (!overflow) {
      if (out.empty()) wake = state_->wake;
      if (!id.empty()) out.append("id: ").append(id).append("\n");
      out.append("event: ").append(event).append("\n");
      for (std::size_t begin = 0; begin <= data.size();) {  // one "data:" line for each line of the data
        const std::size_t end = std::min(data.find_first_of("\r\n", begin), data.size());
        out.append("data: ").append(data.substr(begin, end - begin)).append("\n");
        begin = end + 1;
      }
      out.append("\n");
    }
  }
  if (overflow) Close();
  if (wake) wake();
  return !overflow;
}

bool EventChannel::closed() const {
  const std::lock_guard lock(state_->mutex);
  return state_->closed;
}

void EventChannel::Close() {
  std::function<void()> wake, on_close;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->closed) return;
    state_->closed = true;
    wake = state_->wake;
    on_close = std::move(state_->on_close);
  }
  if (wake) wake();
  if (on_close) on_close();
}

void EventChannel::OnClose(std::function<void()> callback) {
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->closed) {
      state_->on_close = std::move(callback);
      return;
    }
  }
  callback();
}

std::string EventChannel::TakePending() {
  const std::lock_guard lock(state_->mutex);
  return std::exchange(state_->pending, {});
}

void EventChannel::OnPending(std::function<void()> wake) {
  const std::lock_guard lock(state_->mutex);
  state_->wake = std::move(wake);
}

Response Response::Text(int status, std::string_view content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.Add("Content-Type", content_type);
  response.body = std::move(body);
  return response;
}

std::string_view Response::text() const {
  if (const auto* text = std::get_if<std::string>(&body)) return *text;
  if (const auto* fixed = std::get_if<Static>(&body)) return fixed->text;
  return {};
}

}  // namespace privity
