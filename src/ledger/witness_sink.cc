#include "ledger/witness_sink.h"

#include <charconv>

namespace privity {
namespace {

constexpr std::string_view kSizeType = "text/x.tlog.size";

std::optional<std::uint64_t> SizeIn(const WitnessAnswer& answer) {
  if (answer.status != 409 || !answer.content_type.starts_with(kSizeType)) return {};
  std::uint64_t size = 0;
  const char* const end = answer.body.data() + answer.body.size();
  const auto [stop, problem] = std::from_chars(answer.body.data(), end, size);
  if (problem != std::errc() || std::string_view(stop, end) != "\n") return {};
  return size;
}

}  // namespace

Error WitnessSink::Failed(const std::string& problem) const {
  return Error("ledger.sink_failed", {{"sink", name()}, {"problem", problem}});
}

Result<WitnessAnswer> WitnessSink::Ask(const Checkpoint& checkpoint, const std::string& signed_checkpoint,
                                       const Prove& prove) {
  PRIVITY_TRY(const std::vector<TreeHash> proof, prove(known_size_));
  std::string body = "old " + std::to_string(known_size_) + "\n";
  for (const TreeHash& hash : proof) body += FormatHash(hash) + "\n";
  PRIVITY_TRY(WitnessAnswer answer, send_(body + "\n" + signed_checkpoint));
  if (const auto size = SizeIn(answer); size && *size > checkpoint.size) {
    return Error("ledger.rolled_back",
                 {{"size", std::to_string(checkpoint.size)}, {"remembered_size", std::to_string(*size)}});
  }
  return answer;
}

Status WitnessSink::Publish(const Checkpoint& checkpoint, const std::string& signed_checkpoint, const Prove& prove) {
  PRIVITY_TRY(WitnessAnswer answer, Ask(checkpoint, signed_checkpoint, prove));
  if (const auto size = SizeIn(answer); size && *size != known_size_) {
    known_size_ = *size;
    PRIVITY_TRY(answer, Ask(checkpoint, signed_checkpoint, prove));
  }
  switch (answer.status) {
    case 200:
      PRIVITY_TRY_VOID(Accept(signed_checkpoint, answer.body));
      known_size_ = checkpoint.size;
      return Ok();
    case 409:
    case 422:
      return Error("ledger.forked", {{"size", std::to_string(known_size_)}});
    default:
      return Failed("status " + std::to_string(answer.status));
  }
}

Status WitnessSink::Accept(const std::string& signed_checkpoint, const std::string& signature_lines) {
  std::string cosigned = signed_checkpoint + signature_lines;
  if (const Result<Note> note = OpenNote(cosigned, witness_); !note.ok()) return Failed(note.error().code());
  cosigned_ = std::move(cosigned);
  return Ok();
}

}  // namespace privity
