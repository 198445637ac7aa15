// What an S3 server answers in XML: a page of a listing, or an error. Read leniently and in one pass; nothing outside
// is fetched, no entity but the five of XML and numbers is known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace privity::connect_internal {

struct S3Object {
  std::string key;
  std::int64_t size_bytes = 0;
};

struct S3Listing {
  std::vector<S3Object> objects{};
  std::string next{};  // the token of the next page; "" when this is the last
};

// Of ListObjectsV2, with keys in either spelling (encoding-type=url). What is no such listing is an empty one.
S3Listing ParseS3Listing(std::string_view xml);

// "NoSuchBucket", or "".
std::string ParseS3ErrorCode(std::string_view xml);

}  // namespace privity::connect_internal
