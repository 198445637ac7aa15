#include "crypto/internal/key_copies.h"

#include <algorithm>

#include "crypto/internal/endian.h"

namespace privity::internal {
namespace {

constexpr std::size_t kGenerationOffset = 36;

std::uint64_t SlotOffset(std::uint32_t index) {
  return kSlotsOffset + std::uint64_t{index} * kSlotBytes;
}

}  // namespace

// A copy as it was read: a part that is missing at the file's end reads as zeros, which nothing accepts.
struct KeyCopies::Copy {
  Bytes bytes;
  std::vector<std::optional<Slot>> slots;
  bool header_belongs = false;

  BytesView header_bytes() const { return BytesView(bytes).first(kHeaderBytes); }
  BytesView slot_bytes(std::uint32_t index) const { return BytesView(bytes).subspan(SlotOffset(index), kSlotBytes); }
};

Result<KeyCopies::Copy> KeyCopies::ReadCopy(KeyFile& file) {
  Copy copy;
  PRIVITY_TRY(copy.bytes, file.Read(0, kCopyBytes));
  copy.bytes.resize(kCopyBytes);
  return copy;
}

Result<std::vector<Header>> KeyCopies::Headers() {
  std::vector<Header> headers;
  std::optional<Error> problem;
  for (const auto& file : files_) {
    PRIVITY_TRY(const Bytes bytes, file->Read(0, kHeaderBytes));
    Result<Header> header = DecodeHeader(bytes);
    if (header.ok()) {
      headers.push_back(std::move(header).value());
    } else {
      problem = std::move(header).error();
    }
  }
  if (headers.empty()) return *problem;
  return headers;
}

Result<KeyTable> KeyCopies::Load(const RootSubkeys& keys, Trust trust) {
  std::vector<Copy> copies;
  std::optional<Header> newest;
  for (const auto& file : files_) {
    PRIVITY_TRY(Copy copy, ReadCopy(*file));
    const Result<Header> header = DecodeHeader(copy.header_bytes());
    copy.header_belongs = header.ok() && HeaderBelongsTo(copy.header_bytes(), keys);
    if (copy.header_belongs && (!newest || header->generation > newest->generation)) newest = *header;
    copies.push_back(std::move(copy));
  }
  if (!newest) return Error("crypto.root_key_wrong");
  KeyTable table{*newest, {}};
  for (std::uint32_t index = 0; index < kSlots; ++index) {
    std::optional<Slot> best;
    for (Copy& copy : copies) {
      Result<Slot> slot = DecodeSlot(copy.slot_bytes(index), index, newest->installation, keys);
      copy.slots.push_back(slot.ok() ? std::optional(*slot) : std::nullopt);
      if (slot.ok() && (!best || slot->generation > best->generation)) best = std::move(slot).value();
    }
    if (!best) return Error("crypto.key_home_damaged", {{"part", "slot " + std::to_string(index)}});
    // A crash may have come between a slot and its header: the next update must not take the same number.
    table.header.generation = std::max(table.header.generation, best->generation);
    table.slots.push_back(std::move(*best));
  }
  for (std::size_t i = 0; i < files_.size(); ++i) PRIVITY_TRY_VOID(Repair(*files_[i], copies[i], table, keys, trust));
  return table;
}

Status KeyCopies::Repair(KeyFile& file, const Copy& copy, const KeyTable& table, const RootSubkeys& keys, Trust trust) {
  Bytes slots(copy.bytes.begin() + kSlotsOffset, copy.bytes.end());
  bool changed = trust == Trust::kNothing;
  for (std::uint32_t index = 0; index < kSlots; ++index) {
    const Slot& slot = table.slots[index];
    if (copy.slots[index] && copy.slots[index]->generation == slot.generation) continue;
    const Bytes encoded = EncodeSlot(slot, index, table.header.installation, keys);
    std::ranges::copy(encoded, slots.begin() + static_cast<std::ptrdiff_t>(index * kSlotBytes));
    changed = true;
  }
  const Bytes header = EncodeHeader(table.header, keys);
  if (!changed && std::ranges::equal(header, copy.header_bytes())) return Ok();
  if (changed) {
    PRIVITY_TRY_VOID(file.Write(kSlotsOffset, slots));
    PRIVITY_TRY_VOID(file.Sync());
  }
  PRIVITY_TRY_VOID(file.Write(0, header));
  return file.Sync();
}

Result<Header> KeyCopies::Update(Header header, std::span<SlotChange> changes, const RootSubkeys& keys) {
  ++header.generation;
  std::vector<Bytes> encoded;
  for (SlotChange& change : changes) {
    change.slot.generation = header.generation;
    encoded.push_back(EncodeSlot(change.slot, change.index, header.installation, keys));
  }
  const Bytes header_bytes = EncodeHeader(header, keys);
  for (const auto& file : files_) {
    for (std::size_t i = 0; i < changes.size(); ++i) {
      PRIVITY_TRY_VOID(file->Write(SlotOffset(changes[i].index), encoded[i]));
    }
    PRIVITY_TRY_VOID(file->Write(0, header_bytes));
    PRIVITY_TRY_VOID(file->Sync());
  }
  return header;
}

Result<Header> KeyCopies::Rewrite(Header header, std::span<const Slot> slots, const RootSubkeys& keys) {
  ++header.generation;
  Bytes all(kSlots * kSlotBytes);
  for (std::uint32_t index = 0; index < kSlots; ++index) {
    const Bytes slot = EncodeSlot(slots[index], index, header.installation, keys);
    std::ranges::copy(slot, all.begin() + static_cast<std::ptrdiff_t>(index * kSlotBytes));
  }
  const Bytes header_bytes = EncodeHeader(header, keys);
  for (const auto& file : files_) {
    PRIVITY_TRY_VOID(file->Write(kSlotsOffset, all));
    PRIVITY_TRY_VOID(file->Sync());
    PRIVITY_TRY_VOID(file->Write(0, header_bytes));
    PRIVITY_TRY_VOID(file->Sync());
  }
  return header;
}

Result<std::uint64_t> KeyCopies::Generation() {
  PRIVITY_TRY(const Bytes bytes, files_.front()->Read(kGenerationOffset, sizeof(std::uint64_t)));
  if (bytes.size() != sizeof(std::uint64_t)) return Error("crypto.key_home_damaged", {{"part", "header"}});
  return GetNumber<std::uint64_t>(bytes);
}

}  // namespace privity::internal
