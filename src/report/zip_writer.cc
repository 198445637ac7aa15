#include <zlib.h>

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "base/utf8.h"
#include "report/zip.h"

namespace privity {
namespace {

constexpr std::size_t kNameBytesMax = 1024;
constexpr std::uint16_t kVersionZip64 = 45;
// Bit 3: sizes follow the data; bit 11: the name is UTF-8.
constexpr std::uint16_t kFlags = (1u << 3) | (1u << 11);
constexpr std::uint16_t kDeflate = 8;
constexpr std::uint32_t kInZip64 = 0xffffffff;
constexpr std::uint16_t kZip64Extra = 1;
// Unix, regular file, readable by all: (0100644) in the upper half (APPNOTE 4.4.15 and 4.4.2).
constexpr std::uint16_t kMadeByUnix = (3u << 8) | kVersionZip64;
constexpr std::uint32_t kRegularFile = 0100644u << 16;

// Little-endian fields, in the order of the APPNOTE's sections.
class Fields {
 public:
  Fields& U16(std::uint64_t value) { return Put(value, 2); }
  Fields& U32(std::uint64_t value) { return Put(value, 4); }
  Fields& U64(std::uint64_t value) { return Put(value, 8); }
  Fields& Text(std::string_view text) {
    out_ += text;
    return *this;
  }
  const std::string& bytes() const { return out_; }

 private:
  Fields& Put(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) out_ += static_cast<char>(value >> (8 * i));
    return *this;
  }
  std::string out_;
};

struct DosTime {
  std::uint16_t time;
  std::uint16_t date;
};

// UTC, two-second steps, 1980 to 2107; other years are moved to the nearest that can be written (APPNOTE 4.4.6).
DosTime ToDosTime(Instant instant) {
  using namespace std::chrono_literals;
  instant = std::clamp(instant, Instant(std::chrono::sys_days(1980y / 1 / 1)),
                       Instant(std::chrono::sys_days(2108y / 1 / 1) - 2s));
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(instant - day);
  const auto years = static_cast<unsigned>(static_cast<int>(date.year()) - 1980);
  return {
      static_cast<std::uint16_t>(time.hours().count() << 11 | time.minutes().count() << 5 | time.seconds().count() / 2),
      static_cast<std::uint16_t>(years << 9 | static_cast<unsigned>(date.month()) << 5 |
                                 static_cast<unsigned>(date.day()))};
}

struct WrittenEntry {
  std::string name;
  std::uint64_t offset = 0;
  std::uint64_t packed_bytes = 0;
  std::uint64_t plain_bytes = 0;
  std::uint32_t crc = 0;
};

}  // namespace

bool IsSafeZipName(std::string_view name) {
  if (name.empty() || name.size() > kNameBytesMax || !IsUtf8(name)) return false;
  const bool plain = std::none_of(name.begin(), name.end(),
                                  [](unsigned char c) { return c < ' ' || c == 0x7f || c == '\\' || c == ':'; });
  if (!plain) return false;
  for (std::size_t at = 0; at <= name.size();) {
    const auto slash = std::min(name.find('/', at), name.size());
    const std::string_view part = name.substr(at, slash - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = slash + 1;
  }
  return true;
}

struct ZipWriter::State {
  ByteSink sink;
  DosTime modified;
  std::uint64_t offset = 0;
  std::vector<WrittenEntry> entries;
  std::unordered_set<std::string> names;
  z_stream deflater{};
  bool entry_open = false;

  Status Put(std::string_view bytes) {
    offset += bytes.size();
    return sink(AsBytes(bytes));
  }

  // Feeds `plain` to the deflater and writes what comes out.
  Status Deflate(BytesView plain, int flush) {
    // zlib wants a non-const pointer and does not write through it.
    deflater.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(plain.data()));
    deflater.avail_in = static_cast<uInt>(plain.size());
    char out[32 * 1024];
    do {
      deflater.next_out = reinterpret_cast<Bytef*>(out);
      deflater.avail_out = sizeof out;
      Invariant(deflate(&deflater, flush) != Z_STREAM_ERROR, "the deflater is in order");
      const std::size_t made = sizeof out - deflater.avail_out;
      entries.back().packed_bytes += made;
      if (made > 0) PRIVITY_TRY_VOID(Put({out, made}));
    } while (deflater.avail_out == 0);
    return Ok();
  }
};

ZipWriter::ZipWriter(ByteSink sink, Instant modified_at) : state_(std::make_unique<State>()) {
  state_->sink = std::move(sink);
  state_->modified = ToDosTime(modified_at);
}

ZipWriter::~ZipWriter() {
  if (state_->entry_open) deflateEnd(&state_->deflater);
}

Status ZipWriter::Add(std::string_view name, BytesView content) {
  PRIVITY_TRY_VOID(Begin(name));
  PRIVITY_TRY_VOID(Write(content));
  return End();
}

Status ZipWriter::Begin(std::string_view name) {
  State& state = *state_;
  Invariant(!state.entry_open, "the entry before has ended");
  if (!IsSafeZipName(name) || !state.names.emplace(name).second) {
    return Error("report.zip_name", {{"entry", std::to_string(state.entries.size() + 1)}});
  }
  state.entries.push_back({.name = std::string(name), .offset = state.offset});
  state.deflater = {};
  Invariant(deflateInit2(&state.deflater, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK,
            "memory for the deflater");
  state.entry_open = true;
  // APPNOTE 4.3.7. The sizes are not known yet: the zip64 field makes room for eight bytes each in the descriptor
  // (4.3.9.2).
  const Fields extra = Fields().U16(kZip64Extra).U16(16).U64(0).U64(0);
  return state.Put(Fields()
                       .U32(0x04034b50)
                       .U16(kVersionZip64)
                       .U16(kFlags)
                       .U16(kDeflate)
                       .U16(state.modified.time)
                       .U16(state.modified.date)
                       .U32(0)
                       .U32(kInZip64)
                       .U32(kInZip64)
                       .U16(name.size())
                       .U16(extra.bytes().size())
                       .Text(name)
                       .Text(extra.bytes())
                       .bytes());
}

Status ZipWriter::Write(BytesView piece) {
  State& state = *state_;
  Invariant(state.entry_open, "an entry is open");
  WrittenEntry& entry = state.entries.back();
  constexpr std::size_t kStep = 1u << 30;  // zlib counts in 32 bits
  for (std::size_t at = 0; at < piece.size(); at += kStep) {
    const BytesView part = piece.subspan(at, std::min(kStep, piece.size() - at));
    entry.crc = static_cast<std::uint32_t>(
        crc32(entry.crc, reinterpret_cast<const Bytef*>(part.data()), static_cast<uInt>(part.size())));
    entry.plain_bytes += part.size();
    PRIVITY_TRY_VOID(state.Deflate(part, Z_NO_FLUSH));
  }
  return Ok();
}

Status ZipWriter::End() {
  State& state = *state_;
  Invariant(state.entry_open, "an entry is open");
  const Status flushed = state.Deflate({}, Z_FINISH);
  deflateEnd(&state.deflater);
  state.entry_open = false;
  PRIVITY_TRY_VOID(flushed);
  const WrittenEntry& entry = state.entries.back();
  return state.Put(Fields().U32(0x08074b50).U32(entry.crc).U64(entry.packed_bytes).U64(entry.plain_bytes).bytes());
}

Status ZipWriter::Finish() {
  State& state = *state_;
  Invariant(!state.entry_open, "the last entry has ended");
  const std::uint64_t directory_offset = state.offset;
  for (const WrittenEntry& entry : state.entries) {
    const Fields extra =
        Fields().U16(kZip64Extra).U16(24).U64(entry.plain_bytes).U64(entry.packed_bytes).U64(entry.offset);
    PRIVITY_TRY_VOID(state.Put(Fields()  // APPNOTE 4.3.12
                                   .U32(0x02014b50)
                                   .U16(kMadeByUnix)
                                   .U16(kVersionZip64)
                                   .U16(kFlags)
                                   .U16(kDeflate)
                                   .U16(state.modified.time)
                                   .U16(state.modified.date)
                                   .U32(entry.crc)
                                   .U32(kInZip64)
                                   .U32(kInZip64)
                                   .U16(entry.name.size())
                                   .U16(extra.bytes().size())
                                   .U16(0)
                                   .U16(0)
                                   .U16(0)
                                   .U32(kRegularFile)
                                   .U32(kInZip64)
                                   .Text(entry.name)
                                   .Text(extra.bytes())
                                   .bytes()));
  }
  const std::uint64_t directory_bytes = state.offset - directory_offset;
  const std::uint64_t end_offset = state.offset;
  const std::uint64_t count = state.entries.size();
  Fields end;
  end.U32(0x06064b50).U64(44).U16(kMadeByUnix).U16(kVersionZip64).U32(0).U32(0);  // 4.3.14
  end.U64(count).U64(count).U64(directory_bytes).U64(directory_offset);
  end.U32(0x07064b50).U32(0).U64(end_offset).U32(1);  // 4.3.15
  // 4.3.16: what does not fit here stands in the zip64 record above.
  end.U32(0x06054b50)
      .U16(0)
      .U16(0)
      .U16(std::min<std::uint64_t>(count, 0xffff))
      .U16(std::min<std::uint64_t>(count, 0xffff));
  end.U32(std::min<std::uint64_t>(directory_bytes, kInZip64))
      .U32(std::min<std::uint64_t>(directory_offset, kInZip64))
      .U16(0);
  return state.Put(end.bytes());
}

}  // namespace privity
