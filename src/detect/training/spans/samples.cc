#include "detect/training/spans/samples.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unordered_map>

#include "base/json.h"
#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::uint32_t kHiddenFinds = 12;  // in a hundred, of texts that are known by heart

struct Labelled {
  std::uint32_t begin = 0, end = 0;
  Entity entity = Entity::kPerson;
};

std::vector<Labelled> LabelledOf(const Scan& scan, const Json::Items& spans) {
  std::vector<std::uint32_t> byte_of;
  for (std::size_t at = 0; at < scan.text.size(); at += ReadCodePoint(scan.text, at).bytes)
    byte_of.push_back(static_cast<std::uint32_t>(at));
  byte_of.push_back(static_cast<std::uint32_t>(scan.text.size()));
  std::vector<Labelled> all;
  for (const Json& span : spans) {
    const auto entity = ParseEnum<Entity>(*span["type"].string());
    if (!entity.ok()) continue;
    all.push_back({.begin = byte_of.at(static_cast<std::size_t>(span["start"].IntegerOr(0))),
                   .end = byte_of.at(static_cast<std::size_t>(span["end"].IntegerOr(0))),
                   .entity = *entity});
  }
  return all;
}

bool IsNumber(Entity entity) {
  return entity >= Entity::kIp && entity <= Entity::kOtherId;
}

// Where only numbers are labelled, what the finders say of the rest is taken for true.
void AddFinds(const std::vector<Find>& finds, std::vector<Labelled>& labelled) {
  for (const Find& find : finds) {
    const auto overlaps = [&](const Labelled& one) { return one.begin < find.end && find.begin < one.end; };
    if (!IsNumber(find.detector->entity) && std::ranges::none_of(labelled, overlaps))
      labelled.push_back({.begin = find.begin, .end = find.end, .entity = find.detector->entity});
  }
}

// In Spanish, the line of a street and the code and the town behind it are finds of their own, though some label them
// as one.
void PartAddresses(const std::vector<Find>& finds, std::vector<Labelled>& labelled) {
  std::vector<Labelled> parts;
  std::erase_if(labelled, [&](const Labelled& one) {
    if (one.entity != Entity::kAddress) return false;
    std::vector<Labelled> inside;
    for (const Find& find : finds) {
      if (find.begin >= one.begin && find.end <= one.end)
        inside.push_back({.begin = find.begin, .end = find.end, .entity = find.detector->entity});
    }
    const auto is_part = [](const Labelled& part) {
      return part.entity == Entity::kAddress || part.entity == Entity::kLocation || part.entity == Entity::kPostalCode;
    };
    if (inside.size() < 2 || inside[0].entity != Entity::kAddress || inside[0].begin != one.begin ||
        !std::ranges::all_of(inside, is_part))
      return false;
    parts.insert(parts.end(), inside.begin(), inside.end());
    return true;
  });
  labelled.insert(labelled.end(), parts.begin(), parts.end());
}

std::vector<std::uint8_t> TagsOf(const Scan& scan, const std::vector<Labelled>& labelled) {
  std::vector<std::uint8_t> tags(scan.tokens.size());
  for (const Labelled& one : labelled) {
    std::size_t tag = BeginTagOf(one.entity);
    for (std::size_t i = 0; i < scan.tokens.size(); ++i) {
      if (scan.tokens[i].end <= one.begin || scan.tokens[i].begin >= one.end) continue;
      tags[i] = static_cast<std::uint8_t>(tag);
      tag = BeginTagOf(one.entity) + 1;
    }
  }
  return tags;
}

}  // namespace

void AddSamples(const std::string& path, const DetectorParts& parts, std::mt19937& random,
                std::vector<SpanSample>& all) {
  std::ifstream in(path);
  if (!in) {
    std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    std::exit(1);
  }
  Scan scan;
  std::vector<Find> finds;
  std::vector<std::uint16_t> lists;
  std::vector<std::uint32_t> all_signs;
  SpanSigns signs;
  for (std::string line; std::getline(in, line);) {
    const auto json = ParseJson(line, {.size_bytes_max = 1 << 20});
    if (!json.ok()) continue;
    const std::string text = *(*json)["text"].string();
    ScanText(text, scan);
    if (!parts.names.IsSpanish(scan)) continue;
    parts.finder.FindAll(scan, finds);
    std::vector<Labelled> labelled = LabelledOf(scan, *(*json)["spans"].items());
    if ((*json).Has("numbers_only")) AddFinds(finds, labelled);
    PartAddresses(finds, labelled);
    if ((*json).Has("known")) std::erase_if(finds, [&](const Find&) { return random() % 100 < kHiddenFinds; });
    if (scan.tokens.empty()) continue;
    SpanSample sample{.of = (*json)["of"].IntegerOr(0), .signs = {}, .tags = TagsOf(scan, labelled)};
    ReadLists(scan, NameModel::BuiltIn(), lists);
    signs.Read(scan, lists, 0, scan.tokens.size(), finds);
    all_signs.clear();
    signs.AppendAll(all_signs);
    for (auto sign = all_signs.begin(); sign != all_signs.end(); sign += SpanSigns::kOfWord)
      sample.signs.emplace_back(sign, sign + SpanSigns::kOfWord);
    all.push_back(std::move(sample));
  }
}

void DropRareSigns(std::vector<SpanSample>& samples) {
  struct Seen {
    std::int64_t of = -1;
    bool again = false;
  };
  std::unordered_map<std::uint32_t, Seen> seen;
  for (const SpanSample& sample : samples) {
    for (const auto& signs : sample.signs) {
      for (const std::uint32_t sign : signs) {
        Seen& known = seen[sign];
        known.again |= known.of >= 0 && known.of != sample.of;
        known.of = sample.of;
      }
    }
  }
  for (SpanSample& sample : samples) {
    for (auto& signs : sample.signs) std::erase_if(signs, [&](std::uint32_t sign) { return !seen.at(sign).again; });
  }
}

}  // namespace privity::detect
