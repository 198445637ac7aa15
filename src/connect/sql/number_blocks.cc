#include "connect/sql/number_blocks.h"

#include <algorithm>
#include <charconv>

namespace privity::connect_internal {
namespace {

constexpr int kSampleBlocks = 20;

// Counts what passes, and where it ended.
class CountingPass final : public RecordSink {
 public:
  explicit CountingPass(RecordSink& sink) : sink_(sink) {}
  Status Take(Record record) override {
    ++taken;
    const std::string_view number = record.back().bytes;
    std::from_chars(number.data(), number.data() + number.size(), last);
    return sink_.Take(record.first(record.size() - 1));
  }
  void Skip(Error error) override { sink_.Skip(std::move(error)); }

  std::int64_t taken = 0;
  std::int64_t last = 0;

 private:
  RecordSink& sink_;
};

struct Block {
  Part part;
  bool is_done = false;
};

}  // namespace

Status SampleByNumber(const Part& span, std::int64_t records_max, const ReadBlock& read, RecordSink& sink) {
  std::vector<Block> blocks;
  for (const Part& part : EvenParts(span.first, span.last, kSampleBlocks)) blocks.push_back({part});
  CountingPass passed(sink);
  const std::int64_t share = std::max<std::int64_t>(1, records_max / kSampleBlocks);
  for (const std::int64_t quota : {share, records_max}) {
    for (Block& block : blocks) {
      const std::int64_t wanted = std::min(quota, records_max - passed.taken);
      if (wanted <= 0 || block.is_done) continue;
      const std::int64_t before = passed.taken;
      PRIVITY_TRY_VOID(read(block.part, wanted, passed));
      block.is_done = passed.taken - before < wanted || passed.last == block.part.last;
      if (!block.is_done) block.part.first = passed.last + 1;
    }
  }
  return Ok();
}

std::vector<StreamRange> RangesOf(const Part& span, int parts) {
  std::vector<StreamRange> ranges;
  for (const Part& part : EvenParts(span.first, span.last, parts)) {
    if (!ranges.empty()) ranges.back().until = std::to_string(part.first);
    ranges.push_back({.from = ranges.empty() ? "" : std::to_string(part.first)});
  }
  if (ranges.empty()) ranges.emplace_back();
  return ranges;
}

}  // namespace privity::connect_internal
