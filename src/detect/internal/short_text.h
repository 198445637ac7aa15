// A text of bounded length that takes no memory from the heap.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace privity::detect {

// A number in groups at its longest, with what stands between them; more is cut off.
class ShortText {
 public:
  void Clear() { size_ = 0; }
  void Add(char c) {
    if (size_ < bytes_.size()) bytes_[size_++] = c;
  }
  void Add(std::string_view text) {
    text = text.substr(0, bytes_.size() - size_);
    std::copy(text.begin(), text.end(), bytes_.begin() + size_);
    size_ += text.size();
  }
  // A short word: eight bytes must be there.
  void AddShort(const char* word, std::size_t size) {
    constexpr std::size_t kBytes = 8;
    if (size_ + kBytes > bytes_.size()) return;
    std::memcpy(bytes_.data() + size_, word, kBytes);
    size_ += size;
  }
  // In upper case.
  void AddUpper(std::string_view text) {
    text = text.substr(0, bytes_.size() - size_);
    char* to = bytes_.data() + size_;
    for (const char c : text) *to++ = static_cast<char>(c - (c >= 'a' && c <= 'z' ? 0x20 : 0));
    size_ += text.size();
  }
  // As 9, whatever they are.
  void AddDigits(std::size_t count) {
    count = std::min(count, bytes_.size() - size_);
    std::fill_n(bytes_.begin() + size_, count, '9');
    size_ += count;
  }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 96> bytes_;
  std::size_t size_ = 0;
};

}  // namespace privity::detect
