#include "identity/internal/cbor.h"

#include <limits>
#include <optional>

#include "base/utf8.h"

namespace privity {
namespace {

class Reader {
 public:
  explicit Reader(BytesView bytes) : bytes_(bytes) {}

  std::size_t used() const { return at_; }

  bool Read(Cbor& out, int depth) {
    if (depth > kCborDepthMax || ++items_ > kCborItemsMax) return false;
    std::uint8_t major = 0;
    std::uint64_t argument = 0;
    if (!ReadHead(major, argument)) return false;
    switch (major) {
      case 0:
        return ReadInteger(argument, false, out);
      case 1:
        return ReadInteger(argument, true, out);
      case 2:
        return ReadBytes(argument, out);
      case 3:
        return ReadText(argument, out);
      case 4:
        return ReadArray(argument, out, depth);
      case 5:
        return ReadMap(argument, out, depth);
      case 7:
        return ReadSimple(argument, out);
      default:  // 6: tags
        return false;
    }
  }

 private:
  std::optional<std::uint8_t> Byte() {
    if (at_ == bytes_.size()) return std::nullopt;
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }

  // RFC 8949 section 3: three bits of major type, five of argument or of its length.
  bool ReadHead(std::uint8_t& major, std::uint64_t& argument) {
    const auto first = Byte();
    if (!first) return false;
    major = *first >> 5U;
    const unsigned info = *first & 0x1FU;
    if (info < 24) {
      argument = info;
      return true;
    }
    if (info > 27) return false;  // reserved, or an indefinite length
    const unsigned length = 1U << (info - 24);
    argument = 0;
    for (unsigned i = 0; i < length; ++i) {
      const auto byte = Byte();
      if (!byte) return false;
      argument = argument << 8U | *byte;
    }
    const std::uint64_t smallest = info == 24 ? 24 : std::uint64_t{1} << (length * 4);
    return argument >= smallest;  // a shorter encoding exists otherwise
  }

  bool ReadInteger(std::uint64_t argument, bool negative, Cbor& out) {
    if (argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return false;
    out.kind = Cbor::Kind::kInteger;
    out.integer = negative ? -1 - static_cast<std::int64_t>(argument) : static_cast<std::int64_t>(argument);
    return true;
  }

  std::optional<BytesView> Take(std::uint64_t size) {
    if (size > bytes_.size() - at_) return std::nullopt;
    const BytesView taken = bytes_.subspan(at_, size);
    at_ += size;
    return taken;
  }

  bool ReadBytes(std::uint64_t size, Cbor& out) {
    const auto taken = Take(size);
    if (!taken) return false;
    out.kind = Cbor::Kind::kBytes;
    out.bytes.assign(taken->begin(), taken->end());
    return true;
  }

  bool ReadText(std::uint64_t size, Cbor& out) {
    const auto taken = Take(size);
    if (!taken || !IsUtf8(AsText(*taken))) return false;
    out.kind = Cbor::Kind::kText;
    out.text = AsText(*taken);
    return true;
  }

  bool ReadArray(std::uint64_t size, Cbor& out, int depth) {
    if (size > kCborItemsMax) return false;
    out.kind = Cbor::Kind::kArray;
    for (std::uint64_t i = 0; i < size; ++i) {
      if (!Read(out.items.emplace_back(), depth + 1)) return false;
    }
    return true;
  }

  bool ReadMap(std::uint64_t size, Cbor& out, int depth) {
    if (size > kCborItemsMax) return false;
    out.kind = Cbor::Kind::kMap;
    for (std::uint64_t i = 0; i < size; ++i) {
      Cbor key;
      if (!Read(key, depth + 1)) return false;
      const bool is_integer = key.kind == Cbor::Kind::kInteger;
      if (!is_integer && key.kind != Cbor::Kind::kText) return false;
      if ((is_integer ? out.Find(key.integer) : out.Find(std::string_view(key.text))) != nullptr) return false;
      Cbor value;
      if (!Read(value, depth + 1)) return false;
      out.members.push_back({std::move(key), std::move(value)});
    }
    return true;
  }

  bool ReadSimple(std::uint64_t argument, Cbor& out) {
    if (argument == 20 || argument == 21) {
      out.kind = Cbor::Kind::kBoolean;
      out.boolean = argument == 21;
      return true;
    }
    out.kind = Cbor::Kind::kNull;
    return argument == 22;
  }

  BytesView bytes_;
  std::size_t at_ = 0;
  std::size_t items_ = 0;
};

}  // namespace

const Cbor* Cbor::Find(std::int64_t key) const {
  for (const auto& [name, value] : members) {
    if (name.kind == Kind::kInteger && name.integer == key) return &value;
  }
  return nullptr;
}

const Cbor* Cbor::Find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name.kind == Kind::kText && name.text == key) return &value;
  }
  return nullptr;
}

const Bytes* Cbor::BytesIn(const Cbor* value) {
  return value != nullptr && value->kind == Kind::kBytes ? &value->bytes : nullptr;
}

const std::int64_t* Cbor::IntegerIn(const Cbor* value) {
  return value != nullptr && value->kind == Kind::kInteger ? &value->integer : nullptr;
}

Result<CborRead> ReadCborPrefix(BytesView bytes) {
  const Error invalid("identity.cbor_invalid");
  if (bytes.size() > kCborBytesMax) return invalid;
  Reader reader(bytes);
  CborRead read;
  if (!reader.Read(read.value, 1)) return invalid;
  read.used_bytes = reader.used();
  return read;
}

Result<Cbor> ReadCbor(BytesView bytes) {
  PRIVITY_TRY(CborRead read, ReadCborPrefix(bytes));
  if (read.used_bytes != bytes.size()) return Error("identity.cbor_invalid");
  return std::move(read.value);
}

}  // namespace privity
