#include "documents/internal/duckdb_library.h"

#include <dlfcn.h>

#include <array>
#include <sstream>
#include <type_traits>

namespace privity::documents_internal {

// What is used of duckdb.h, which no package of Debian 12 has. The C interface keeps these forms and numbers.
using Handle = void*;
struct DuckDbAnswer {
  std::array<std::uint64_t, 3> unused{};
  std::array<void*, 3> parts{};
};

// Each member is the function `duckdb_<its name>`.
struct DuckDbFunctions {
  int (*create_config)(Handle*);
  int (*set_config)(Handle, const char*, const char*);
  int (*open_ext)(const char*, Handle*, Handle, char**);
  int (*connect)(Handle, Handle*);
  int (*query)(Handle, const char*, DuckDbAnswer*);
  int (*prepare)(Handle, const char*, Handle*);
  const char* (*prepare_error)(Handle);
  int (*execute_prepared_streaming)(Handle, DuckDbAnswer*);
  void (*destroy_result)(DuckDbAnswer*);
  const char* (*result_error)(DuckDbAnswer*);
  std::uint64_t (*column_count)(DuckDbAnswer*);
  const char* (*column_name)(DuckDbAnswer*, std::uint64_t);
  Handle (*column_logical_type)(DuckDbAnswer*, std::uint64_t);
  std::uint32_t (*get_type_id)(Handle);
  std::uint8_t (*decimal_width)(Handle);
  std::uint8_t (*decimal_scale)(Handle);
  Handle (*list_type_child_type)(Handle);
  Handle (*map_type_key_type)(Handle);
  Handle (*map_type_value_type)(Handle);
  std::uint64_t (*struct_type_child_count)(Handle);
  char* (*struct_type_child_name)(Handle, std::uint64_t);
  Handle (*struct_type_child_type)(Handle, std::uint64_t);
  Handle (*fetch_chunk)(DuckDbAnswer);
  std::uint64_t (*data_chunk_get_size)(Handle);
  Handle (*data_chunk_get_vector)(Handle, std::uint64_t);
  void* (*vector_get_data)(Handle);
  std::uint64_t* (*vector_get_validity)(Handle);
  void (*destroy_data_chunk)(Handle*);
};

namespace {

struct Text {  // up to 12 bytes stand in it
  std::uint32_t size;
  char start[4];
  const char* elsewhere;
};
constexpr std::size_t kInlineBytes = 12;
static_assert(sizeof(DuckDbAnswer) == 48 && sizeof(Text) == 16);

enum TypeId : std::uint32_t { kBlob = 18, kDecimal = 19, kList = 24, kStruct = 25, kMap = 26 };
constexpr int kTypesDeepMax = 24;

// By their numbers, from 0; "-" for what has no name, or is no plain type.
std::string PlainName(std::uint32_t id) {
  std::istringstream names(
      "- BOOLEAN TINYINT SMALLINT INTEGER BIGINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE TIMESTAMP DATE TIME "
      "INTERVAL HUGEINT VARCHAR - DECIMAL TIMESTAMP TIMESTAMP TIMESTAMP ENUM - - - UUID - - TIMETZ TIMESTAMPTZ "
      "UHUGEINT");
  std::string name;
  for (std::uint32_t each = 0; each <= id; ++each) {
    if (!(names >> name)) return "";
  }
  return name == "-" ? "" : name;
}

// What the words of a failure, which may hold values, say of its kind.
DuckDbFailure KindOfFailure(const char* words) {
  const std::string_view text(words == nullptr ? "" : words);
  const auto has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  if (has("Out of Memory") || has("allocate") || has("bad_alloc")) return DuckDbFailure::kMemory;
  if (has("encrypt") || has("Encrypt") || has("decrypt")) return DuckDbFailure::kEncrypted;
  return DuckDbFailure::kDamaged;
}

}  // namespace

DuckDbRows::DuckDbRows(const DuckDbFunctions& functions, const DuckDbAnswer& answer)
    : functions_(functions),
      answer_(std::make_unique<DuckDbAnswer>(answer)),
      columns_(functions.column_count(answer_.get())) {}

DuckDbRows::~DuckDbRows() {
  DropPiece();
  functions_.destroy_result(answer_.get());
}

bool DuckDbRows::Next(std::vector<std::optional<std::string_view>>& row) {
  while (at_ == size_) {
    if (!Fetch()) return false;
  }
  row.resize(columns_);
  for (std::size_t column = 0; column < columns_; ++column) row[column] = Value(column);
  ++at_;
  return true;
}

bool DuckDbRows::Fetch() {
  DropPiece();
  piece_ = functions_.fetch_chunk(*answer_);
  if (piece_ == nullptr) {
    const char* problem = functions_.result_error(answer_.get());
    if (problem != nullptr && *problem != '\0') failure_ = KindOfFailure(problem);
    return false;
  }
  size_ = functions_.data_chunk_get_size(piece_);
  for (std::size_t column = 0; column < columns_; ++column) {
    const Handle vector = functions_.data_chunk_get_vector(piece_, column);
    texts_.push_back(functions_.vector_get_data(vector));
    valid_.push_back(functions_.vector_get_validity(vector));
  }
  return size_ > 0;
}

void DuckDbRows::DropPiece() {
  if (piece_ != nullptr) functions_.destroy_data_chunk(&piece_);
  piece_ = nullptr;
  at_ = size_ = 0;
  texts_.clear();
  valid_.clear();
}

std::optional<std::string_view> DuckDbRows::Value(std::size_t column) const {
  if (valid_[column] != nullptr && (valid_[column][at_ / 64] >> at_ % 64 & 1) == 0) return std::nullopt;
  const Text& text = static_cast<const Text*>(texts_[column])[at_];
  return std::string_view(text.size > kInlineBytes ? text.elsewhere : text.start, text.size);
}

DuckDb::DuckDb() : functions_(std::make_unique<DuckDbFunctions>()) {}

DuckDb::~DuckDb() = default;

std::unique_ptr<DuckDb> DuckDb::Open(const std::string& library, const std::string& path,
                                     std::int64_t memory_bytes_max) {
  auto opened = std::unique_ptr<DuckDb>(new DuckDb());
  if (!opened->Load(library) || !opened->Connect(path, memory_bytes_max)) return nullptr;
  return opened;
}

bool DuckDb::Load(const std::string& path) {
  const Handle library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return false;
  bool has_all = true;
  const auto find = [&](const char* name, auto& function) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
    has_all &= function != nullptr;
  };
#define PRIVITY_DUCKDB(name) find("duckdb_" #name, functions_->name)
  PRIVITY_DUCKDB(create_config);
  PRIVITY_DUCKDB(set_config);
  PRIVITY_DUCKDB(open_ext);
  PRIVITY_DUCKDB(connect);
  PRIVITY_DUCKDB(query);
  PRIVITY_DUCKDB(prepare);
  PRIVITY_DUCKDB(prepare_error);
  PRIVITY_DUCKDB(execute_prepared_streaming);
  PRIVITY_DUCKDB(destroy_result);
  PRIVITY_DUCKDB(result_error);
  PRIVITY_DUCKDB(column_count);
  PRIVITY_DUCKDB(column_name);
  PRIVITY_DUCKDB(column_logical_type);
  PRIVITY_DUCKDB(get_type_id);
  PRIVITY_DUCKDB(decimal_width);
  PRIVITY_DUCKDB(decimal_scale);
  PRIVITY_DUCKDB(list_type_child_type);
  PRIVITY_DUCKDB(map_type_key_type);
  PRIVITY_DUCKDB(map_type_value_type);
  PRIVITY_DUCKDB(struct_type_child_count);
  PRIVITY_DUCKDB(struct_type_child_name);
  PRIVITY_DUCKDB(struct_type_child_type);
  PRIVITY_DUCKDB(fetch_chunk);
  PRIVITY_DUCKDB(data_chunk_get_size);
  PRIVITY_DUCKDB(data_chunk_get_vector);
  PRIVITY_DUCKDB(vector_get_data);
  PRIVITY_DUCKDB(vector_get_validity);
  PRIVITY_DUCKDB(destroy_data_chunk);
#undef PRIVITY_DUCKDB
  return has_all;
}

// Whatever is refused here ends the opening: a library that does not know a limit is none to be used.
bool DuckDb::Connect(const std::string& path, std::int64_t memory_bytes_max) {
  const std::string memory = std::to_string(memory_bytes_max >> 20) + "MiB";
  const std::array<std::pair<const char*, const char*>, 7> settings = {{{"threads", "1"},
                                                                        {"memory_limit", memory.c_str()},
                                                                        {"temp_directory", ""},
                                                                        {"autoinstall_known_extensions", "false"},
                                                                        {"autoload_known_extensions", "false"},
                                                                        {"allow_community_extensions", "false"},
                                                                        {"allow_unsigned_extensions", "false"}}};
  Handle config = nullptr;
  if (functions_->create_config(&config) != 0) return false;
  for (const auto& [name, value] : settings) {
    if (functions_->set_config(config, name, value) != 0) return false;
  }
  Handle database = nullptr;
  char* problem = nullptr;
  if (functions_->open_ext(nullptr, &database, config, &problem) != 0) return false;
  if (functions_->connect(database, &connection_) != 0) return false;
  return Says("SET TimeZone = 'UTC'") && Says("SET allowed_paths = ['" + path + "']") &&
         Says("SET enable_external_access = false") && Says("SET lock_configuration = true");
}

std::vector<DuckDbColumn> DuckDb::Columns(const std::string& sql, DuckDbFailure& failure) const {
  DuckDbAnswer answer;
  std::vector<DuckDbColumn> columns;
  if (functions_->query(connection_, sql.c_str(), &answer) != 0) {
    failure = KindOfFailure(functions_->result_error(&answer));
    return columns;
  }
  for (std::uint64_t each = 0; each < functions_->column_count(&answer); ++each) {
    columns.push_back({functions_->column_name(&answer, each),
                       TypeOf(functions_->column_logical_type(&answer, each), kTypesDeepMax)});
  }
  return columns;
}

std::unique_ptr<DuckDbRows> DuckDb::Ask(const std::string& sql, DuckDbFailure& failure) const {
  Handle statement = nullptr;
  DuckDbAnswer answer;
  if (functions_->prepare(connection_, sql.c_str(), &statement) != 0) {
    failure = KindOfFailure(functions_->prepare_error(statement));
  } else if (functions_->execute_prepared_streaming(statement, &answer) != 0) {
    failure = KindOfFailure(functions_->result_error(&answer));
  } else {
    return std::make_unique<DuckDbRows>(*functions_, answer);
  }
  return nullptr;
}

bool DuckDb::Says(const std::string& sql) const {
  DuckDbAnswer answer;
  return functions_->query(connection_, sql.c_str(), &answer) == 0;
}

DuckDbType DuckDb::TypeOf(Handle type, int deep_max) const {
  using Shape = DuckDbType::Shape;
  const std::uint32_t id = functions_->get_type_id(type);
  if (deep_max == 0) return {};
  if (id == kBlob) return {.shape = Shape::kBinary};
  if (id == kList)
    return {.shape = Shape::kList, .inner = {TypeOf(functions_->list_type_child_type(type), deep_max - 1)}};
  if (id == kMap) {
    return {.shape = Shape::kMap,
            .inner = {TypeOf(functions_->map_type_key_type(type), deep_max - 1),
                      TypeOf(functions_->map_type_value_type(type), deep_max - 1)}};
  }
  DuckDbType made{.name = PlainName(id)};
  if (id == kDecimal) {
    made.name += "(" + std::to_string(functions_->decimal_width(type)) + "," +
                 std::to_string(functions_->decimal_scale(type)) + ")";
  }
  if (id != kStruct) return made;
  made.shape = Shape::kStruct;
  for (std::uint64_t each = 0; each < functions_->struct_type_child_count(type); ++each) {
    made.names.emplace_back(functions_->struct_type_child_name(type, each));
    made.inner.push_back(TypeOf(functions_->struct_type_child_type(type, each), deep_max - 1));
  }
  return made;
}

}  // namespace privity::documents_internal
