#include "base/internal/yaml_source.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

namespace privity::internal {
namespace {

using Kind = YamlEvent::Kind;

// Reads from memory without copying it.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // only read from
    setg(begin, begin, begin + text.size());
  }
};

struct Refused {
  Error error;
};

YamlPlace PlaceOf(const YAML::Mark& mark) {
  return {mark.line + 1, mark.column + 1};
}

// Collects the events of one document. Throws Refused, which ReadYamlEvents catches: yaml-cpp has no other way to stop.
class Collector final : public YAML::EventHandler {
 public:
  Collector(std::string_view file_name, const YamlOptions& options) : file_name_(file_name), options_(options) {}

  std::vector<YamlEvent> TakeEvents() { return std::move(events_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Scalar(mark, anchor, "", true);
    // yaml-cpp marks what follows a value that is not there; the key says better where it is missing.
    if (!open_.empty() && open_.back().is_object && open_.back().key_next) {
      events_.back().place = events_[events_.size() - 2].place;
    }
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) Refuse(mark, "an alias inside its own anchor");
    const auto [begin, end] = found->second;
    for (std::size_t i = begin; i < end; ++i) {
      YamlEvent copy = events_[i];
      Add(std::move(copy), mark);
    }
    CheckKeyIsScalar(mark, begin + 1 == end);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    RefuseTag(mark, tag);
    Scalar(mark, anchor, value, tag == "?");
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Begin(mark, tag, anchor, Kind::kBeginArray);
  }
  void OnSequenceEnd() override { End(Kind::kEndArray); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Begin(mark, tag, anchor, Kind::kBeginObject);
  }
  void OnMapEnd() override { End(Kind::kEndObject); }

 private:
  struct Open {
    std::size_t begin;
    YAML::anchor_t anchor;
    bool is_object;
    bool key_next;  // the next value is a key
  };

  [[noreturn]] void Refuse(const YAML::Mark& mark, const char* problem) {
    throw Refused{AddYamlPlace(Error("base.yaml_syntax", {{"problem", problem}}), file_name_, PlaceOf(mark))};
  }
  void RefuseTag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") Refuse(mark, "a tag");
  }
  void Add(YamlEvent event, const YAML::Mark& mark) {
    text_bytes_ += event.text.size();
    if (events_.size() >= options_.values_max || text_bytes_ > options_.size_bytes_max * 4) {
      const std::string maximum = std::to_string(options_.values_max);
      throw Refused{AddYamlPlace(Error("base.yaml_too_large", {{"maximum", maximum}}), file_name_, PlaceOf(mark))};
    }
    events_.push_back(std::move(event));
  }
  // Called after a value is complete: in an object, keys and values take turns.
  void CheckKeyIsScalar(const YAML::Mark& mark, bool is_scalar) {
    if (open_.empty() || !open_.back().is_object) return;
    if (open_.back().key_next && !is_scalar) Refuse(mark, "a key that is not a scalar");
    open_.back().key_next = !open_.back().key_next;
  }
  void Scalar(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& text, bool plain) {
    if (!IsUtf8(text)) Refuse(mark, "text that is not UTF-8");
    Add({.kind = Kind::kScalar, .plain = plain, .text = text, .place = PlaceOf(mark)}, mark);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {events_.size() - 1, events_.size()};
    CheckKeyIsScalar(mark, true);
  }
  void Begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Kind kind) {
    RefuseTag(mark, tag);
    if (!open_.empty() && open_.back().is_object && open_.back().key_next) Refuse(mark, "a key that is not a scalar");
    open_.push_back({events_.size(), anchor, kind == Kind::kBeginObject, true});
    Add({.kind = kind, .plain = false, .text = {}, .place = PlaceOf(mark)}, mark);
  }
  void End(Kind kind) {
    const Open opened = open_.back();
    open_.pop_back();
    events_.push_back({.kind = kind, .plain = false, .text = {}, .place = events_[opened.begin].place});
    if (opened.anchor != YAML::NullAnchor) anchors_[opened.anchor] = {opened.begin, events_.size()};
    if (!open_.empty() && open_.back().is_object) open_.back().key_next = true;
  }

  std::string_view file_name_;
  const YamlOptions& options_;
  std::vector<YamlEvent> events_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, std::pair<std::size_t, std::size_t>> anchors_;
  std::size_t text_bytes_ = 0;
};

Result<std::vector<YamlEvent>> Collect(std::string_view text, std::string_view file_name, const YamlOptions& options) {
  ViewBuffer buffer(text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  Collector collector(file_name, options);
  if (!parser.HandleNextDocument(collector)) return std::vector{YamlEvent{.plain = true, .text = {}, .place = {1, 1}}};
  auto events = collector.TakeEvents();
  Collector second(file_name, options);
  if (parser.HandleNextDocument(second)) {
    const auto more = second.TakeEvents();
    const YamlPlace place = more.empty() ? YamlPlace{1, 1} : more.front().place;
    return AddYamlPlace(Error("base.yaml_syntax", {{"problem", "a second document"}}), file_name, place);
  }
  if (events.empty()) events.push_back({.plain = true, .text = {}, .place = {1, 1}});
  return events;
}

bool IsNull(const YamlEvent& event) {
  return event.kind == Kind::kScalar && event.plain &&
         (event.text.empty() || event.text == "~" || event.text == "null");
}

bool IsNumber(std::string_view text) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() && std::isfinite(number);
}

}  // namespace

Error AddYamlPlace(Error error, std::string_view file_name, const YamlPlace& place) {
  const std::string line = std::to_string(place.line);
  const std::string column = std::to_string(place.column);
  return std::move(error)
      .With("file", std::string(file_name))
      .With("place", std::string(file_name) + ":" + line + ":" + column)
      .With("line", line)
      .With("column", column);
}

Result<std::vector<YamlEvent>> ReadYamlEvents(std::string_view text, std::string_view file_name,
                                              const YamlOptions& options) {
  if (text.size() > options.size_bytes_max) {
    const std::string maximum = std::to_string(options.size_bytes_max);
    return AddYamlPlace(Error("base.yaml_too_large", {{"maximum", maximum}}), file_name, {1, 1});
  }
  try {
    return Collect(text, file_name, options);
  } catch (const Refused& refused) {
    return refused.error;
  } catch (const YAML::Exception& fault) {
    return AddYamlPlace(Error("base.yaml_syntax", {{"problem", fault.msg}}), file_name, PlaceOf(fault.mark));
  } catch (const std::exception&) {
    return AddYamlPlace(Error("base.yaml_syntax", {{"problem", "unreadable"}}), file_name, {1, 1});
  }
}

YamlPlaces PlacesOf(const std::vector<YamlEvent>& events) {
  struct Level {
    std::string path;
    bool is_object;
    std::size_t index = 0;
    std::optional<std::string> key = std::nullopt;
  };
  YamlPlaces places;
  std::vector<Level> levels;
  for (const YamlEvent& event : events) {
    if (event.kind == Kind::kEndArray || event.kind == Kind::kEndObject) {
      levels.pop_back();
      continue;
    }
    std::string path;
    if (!levels.empty()) {
      Level& level = levels.back();
      if (level.is_object && !level.key) {
        level.key = EscapePointer(event.text);
        continue;
      }
      path = level.path + "/" + (level.is_object ? *level.key : std::to_string(level.index++));
      level.key.reset();
    }
    places[path] = event.place;
    if (event.kind != Kind::kScalar) levels.push_back({path, event.kind == Kind::kBeginObject});
  }
  return places;
}

const YamlEvent& YamlSource::Look() {
  token_ = at_;
  return events_[at_];
}

bool YamlSource::Take(Kind kind) {
  if (Look().kind != kind) return false;
  ++at_;
  return true;
}

Shape YamlSource::Peek() {
  const YamlEvent& event = Look();
  switch (event.kind) {
    case Kind::kBeginArray:
      return Shape::kArray;
    case Kind::kBeginObject:
      return Shape::kObject;
    case Kind::kScalar:
      if (IsNull(event)) return Shape::kNull;
      if (event.plain && (event.text == "true" || event.text == "false")) return Shape::kBool;
      return event.plain && IsNumber(event.text) ? Shape::kNumber : Shape::kText;
    case Kind::kEndArray:
    case Kind::kEndObject:
      break;
  }
  return Shape::kNothing;
}

bool YamlSource::TakeNull() {
  if (!IsNull(Look())) return false;
  ++at_;
  return true;
}

bool YamlSource::TakeBool(bool& value) {
  if (Peek() != Shape::kBool) return false;
  value = events_[at_++].text == "true";
  return true;
}

bool YamlSource::TakeNumber(std::string_view& digits) {
  if (Peek() != Shape::kNumber) return false;
  digits = events_[at_++].text;
  return true;
}

bool YamlSource::TakeText(std::string_view& text) {
  const YamlEvent& event = Look();
  if (event.kind != Kind::kScalar || IsNull(event)) return false;
  text = event.text;
  ++at_;
  return true;
}

bool YamlSource::NextMember(std::string_view& key) {
  if (Take(Kind::kEndObject)) return false;
  key = Look().text;
  ++at_;
  return true;
}

Error YamlSource::AddPlace(Error error) const {
  return AddYamlPlace(std::move(error), file_name_, events_[token_].place);
}

}  // namespace privity::internal
