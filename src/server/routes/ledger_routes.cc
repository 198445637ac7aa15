#include <charconv>
#include <ranges>

#include "app/application.h"
#include "ledger/export.h"
#include "ledger/verify.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

struct EntryPath {
  std::uint64_t index = 0;
};
PRIVITY_DESCRIBE(EntryPath, (index))

struct EntryQuery {
  std::optional<Instant> from, until;
  std::optional<std::string> action, actor_id, object_kind, object_id;
  std::optional<SubjectId> subject;
  std::optional<std::string> cursor;
  std::int64_t limit = kPageLimitDefault;
};
PRIVITY_DESCRIBE(EntryQuery, (from, until, action, actor_id, object_kind, object_id, subject, cursor, limit))
std::vector<FieldNote> FieldNotes(const EntryQuery*) {
  std::vector<FieldNote> notes = PagingNotes();
  notes.push_back({.name = "from", .description = "Not before this instant."});
  notes.push_back({.name = "until", .description = "Before this instant."});
  notes.push_back({.name = "action",
                   .description = "An action, or its beginning up to a dot.",
                   .example = "identity.user",
                   .max_length = 128});
  notes.push_back({.name = "actor_id", .description = "Who did it.", .max_length = 128});
  notes.push_back(
      {.name = "object_kind", .description = "What it was done to, together with object_id.", .max_length = 128});
  notes.push_back(
      {.name = "object_id", .description = "What it was done to, together with object_kind.", .max_length = 128});
  notes.push_back({.name = "subject", .description = "The id of a data subject whom it is about."});
  return notes;
}

// As this server tells them, the newest first.
struct LedgerVerifiers {
  std::string newest;
  std::vector<std::string> earlier;
};
Result<LedgerVerifiers> VerifiersOf(Application& application) {
  PRIVITY_TRY(const NoteVerifiers verifiers, application.sequencer().verifiers());
  LedgerVerifiers told{.newest = verifiers.newest().ToString(), .earlier = {}};
  for (const NoteVerifier& verifier : verifiers.all() | std::views::drop(1))
    told.earlier.push_back(verifier.ToString());
  return told;
}

struct LedgerCheckpoint {
  std::string checkpoint;
  std::string verifier;
  std::vector<std::string> earlier_verifiers;
};
PRIVITY_DESCRIBE(LedgerCheckpoint, (checkpoint, verifier, earlier_verifiers))
std::vector<FieldNote> FieldNotes(const LedgerCheckpoint*) {
  return {
      {.name = "checkpoint", .description = "A signed note (C2SP tlog-checkpoint)."},
      {.name = "verifier",
       .description =
           "The verifier key as this server tells it. A proof is worth something against a key from elsewhere."},
      {.name = "earlier_verifiers",
       .description = "Those of signing keys that were replaced, the newest first. The newest of them signs, too."}};
}

// "x001/x234/067" → 1234067 (C2SP tlog-tiles): groups of three digits, all but the last with an x in front.
std::optional<std::uint64_t> ParseTileIndex(std::span<const std::string> groups) {
  std::uint64_t index = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::string_view group = groups[i];
    const bool is_last = i + 1 == groups.size();
    if (group.starts_with('x') == is_last) return std::nullopt;
    if (!is_last) group.remove_prefix(1);
    unsigned digits = 0;
    const auto [end, problem] = std::from_chars(group.data(), group.data() + group.size(), digits);
    if (group.size() != 3 || problem != std::errc() || end != group.data() + 3) return std::nullopt;
    index = index * 1000 + digits;
  }
  return index;
}

struct TileRequest {
  bool entries = false;
  TileId id;
  std::size_t width = 256;
};

// `parts`: level or "entries", the groups of the index, and for a partial tile "<group>.p" and its width.
Result<TileRequest> ParseTilePath(std::vector<std::string> parts) {
  const Error unknown("server.not_found");  // no tile has such a path
  TileRequest request;
  if (parts.size() >= 3 && parts[parts.size() - 2].ends_with(".p")) {
    const std::string& width = parts.back();
    const auto [end, problem] = std::from_chars(width.data(), width.data() + width.size(), request.width);
    if (problem != std::errc() || end != width.data() + width.size() || request.width < 1 || request.width > 255)
      return unknown;
    parts.pop_back();
    parts.back().resize(parts.back().size() - 2);
  }
  const std::string level = parts.front();
  request.entries = level == "entries";
  if (!request.entries) {
    const auto [end, problem] = std::from_chars(level.data(), level.data() + level.size(), request.id.level);
    if (problem != std::errc() || end != level.data() + level.size() || request.id.level < 0 || request.id.level > 63)
      return unknown;
  }
  const auto index = ParseTileIndex(std::span(parts).subspan(1));
  if (!index) return unknown;
  request.id.index = *index;
  return request;
}

// A path parameter for each depth that an index can have below a billion tiles.
struct Tile1 {
  std::string level, a;
  std::vector<std::string> parts() const { return {level, a}; }
};
PRIVITY_DESCRIBE(Tile1, (level, a))
struct Tile2 {
  std::string level, a, b;
  std::vector<std::string> parts() const { return {level, a, b}; }
};
PRIVITY_DESCRIBE(Tile2, (level, a, b))
struct Tile3 {
  std::string level, a, b, c;
  std::vector<std::string> parts() const { return {level, a, b, c}; }
};
PRIVITY_DESCRIBE(Tile3, (level, a, b, c))
struct Tile4 {
  std::string level, a, b, c, d;
  std::vector<std::string> parts() const { return {level, a, b, c, d}; }
};
PRIVITY_DESCRIBE(Tile4, (level, a, b, c, d))

template <class TilePathT>
void AddTileRoute(RouteTable& routes, Application* application, std::string_view path, std::string_view id) {
  routes.Add({.method = "GET",
              .path = path,
              .id = id,
              .access = Access::Permission("ledger.read"),
              .summary = "A tile or entry bundle of the ledger",
              .description = "The files of C2SP tlog-tiles under this prefix.",
              .media_type = "application/octet-stream",
              .command = "-"},
             [application](const Call<TilePathT>& call) -> Result<Response> {
               PRIVITY_TRY(const TileRequest tile, ParseTilePath(call.path.parts()));
               LedgerReader& reader = application->ledger_reader();
               PRIVITY_TRY(const Bytes bytes, tile.entries ? reader.EntryBundle(tile.id.index, tile.width)
                                                           : reader.TileFile(tile.id, tile.width));
               return Response::Text(200, "application/octet-stream", std::string(AsText(bytes)));
             });
}

Result<EntryFilter> FilterOf(const EntryQuery& query) {
  EntryFilter filter{.from = query.from,
                     .until = query.until,
                     .action = query.action.value_or(""),
                     .actor_id = query.actor_id.value_or(""),
                     .object_kind = query.object_kind.value_or(""),
                     .object_id = query.object_id.value_or(""),
                     .subject = query.subject,
                     .limit = static_cast<int>(query.limit)};
  PRIVITY_TRY(const auto position, PositionOf(query.cursor));
  if (!position) return filter;
  std::uint64_t before = 0;
  const auto [end, problem] = std::from_chars(position->data(), position->data() + position->size(), before);
  if (problem != std::errc() || end != position->data() + position->size()) return Error("server.cursor_invalid");
  filter.before = before;
  return filter;
}

void AddEntries(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/ledger/entries",
              .id = "ledger.entries.list",
              .access = Access::Permission("ledger.read"),
              .summary = "Entries of the ledger, newest first",
              .command = "ledger list"},
             [application](const Call<Nothing, EntryQuery>& call) -> Result<Page<LedgerRecord>> {
               PRIVITY_TRY(const EntryFilter filter, FilterOf(call.query));
               PRIVITY_TRY(EntryPage page, application->ledger_reader().List(filter));
               Page<LedgerRecord> answer{std::move(page.items), std::nullopt};
               if (page.next_before) answer.next = std::to_string(*page.next_before);
               return answer;
             });
  routes.Add({.method = "GET",
              .path = "/v1/ledger/entries/{index}",
              .id = "ledger.entries.get",
              .access = Access::Permission("ledger.read"),
              .summary = "One entry",
              .command = "ledger show"},
             [application](const Call<EntryPath>& call) -> Result<LedgerRecord> {
               return application->ledger_reader().Get(call.path.index);
             });
  routes.Add({.method = "GET",
              .path = "/v1/ledger/entries/{index}/proof",
              .id = "ledger.entries.proof",
              .access = Access::Permission("ledger.read"),
              .summary = "All that is needed to check an entry on one's own",
              .command = "ledger proof"},
             [application](const Call<EntryPath>& call) -> Result<EntryProof> {
               return application->ledger_reader().Prove(call.path.index);
             });
  routes.Add({.method = "GET",
              .path = "/v1/ledger/entries/{index}/proof-file",
              .id = "ledger.entries.proof_file",
              .access = Access::Permission("ledger.read"),
              .summary = "The proof of an entry as a file that others verify",
              .description = "C2SP tlog-proof.",
              .media_type = "text/plain",
              .command = "ledger proof-file"},
             [application](const Call<EntryPath>& call) -> Result<Response> {
               PRIVITY_TRY(std::string file, application->ledger_reader().ProofFile(call.path.index));
               Response response = Response::Text(200, "text/plain; charset=utf-8", std::move(file));
               response.headers.Add("Content-Disposition", "attachment; filename=\"entry-" +
                                                               std::to_string(call.path.index) + ".tlog-proof\"");
               return response;
             });
}

struct ExportPath {
  std::string folder;
};
PRIVITY_DESCRIBE(ExportPath, (folder))
std::vector<FieldNote> FieldNotes(const ExportPath*) {
  return {{.name = "folder",
           .description = "Where the server writes the evidence: an absolute path, absent or empty.",
           .example = "/evidence/2026",
           .min_length = 2,
           .max_length = 1000}};
}

struct ExportedLedger {
  std::uint64_t entries = 0;
  std::string verifier;
  std::vector<std::string> earlier_verifiers;
};
PRIVITY_DESCRIBE(ExportedLedger, (entries, verifier, earlier_verifiers))

Result<ExportedLedger> Export(Application& application, const std::string& folder) {
  PRIVITY_TRY_VOID(application.sequencer().RunOnce());
  PRIVITY_TRY(FolderTarget target, FolderTarget::Create(folder));
  PRIVITY_TRY(const std::uint64_t entries, ExportLedger(application.store(), target));
  PRIVITY_TRY(LedgerVerifiers verifiers, VerifiersOf(application));
  return ExportedLedger{entries, std::move(verifiers.newest), std::move(verifiers.earlier)};
}

void AddEvidence(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/ledger/verification",
              .id = "ledger.verify",
              .access = Access::Permission("ledger.read"),
              .summary = "Check the whole ledger and list what does not fit"},
             [application](const Call<>&) -> Result<VerifyReport> {
               // A round that fails because the ledger is damaged is no reason to keep the findings back.
               (void)application->sequencer().RunOnce();
               PRIVITY_TRY(const NoteVerifiers verifiers, application->sequencer().verifiers());
               return VerifyLedger(application->store(), verifiers, application->clock());
             });
  // Only the operator of the machine names paths on it.
  routes.Add({.method = "POST",
              .path = "/v1/ledger/exports",
              .id = "ledger.export",
              .access = Access::Operator(),
              .summary = "Write the ledger into a folder that others verify",
              .status = 201},
             [application](const Call<Nothing, Nothing, ExportPath>& call) -> Result<ExportedLedger> {
               const auto entry = [&](const char* action) {
                 return Entry{.action = action, .actor = call.caller().actor, .request_id = call.caller().request_id};
               };
               return ActOnRecord(application->ledger(), entry("ledger.export.begun"), entry("ledger.export.ended"),
                                  [&] { return Export(*application, call.body.folder); });
             });
}

struct PlacePath {
  std::string name;
};
PRIVITY_DESCRIBE(PlacePath, (name))

struct QueuedCheckpoint {
  JobId job_id;
};
PRIVITY_DESCRIBE(QueuedCheckpoint, (job_id))

void AddPlaces(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/ledger/places",
              .id = "ledger.places.list",
              .access = Access::Permission("ledger.read"),
              .summary = "Where checkpoints are kept outside, and what each place has",
              .command = "ledger places"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<CheckpointPlace>> {
               PRIVITY_TRY(std::vector<CheckpointPlace> places, application->checkpoint_post().List(tx));
               return List<CheckpointPlace>{std::move(places)};
             });
  routes.Add({.method = "POST",
              .path = "/v1/ledger/places/{name}/send",
              .id = "ledger.places.send",
              .access = Access::Permission("ledger.publish"),
              .summary = "Send the newest checkpoint to a place now",
              .status = 202,
              .command = "ledger send"},
             [application](WriteTx& tx, const Call<PlacePath>& call) -> Result<QueuedCheckpoint> {
               PRIVITY_TRY(const JobId id, application->checkpoint_post().SendNow(
                                               tx, call.path.name, call.caller().actor, call.caller().request_id));
               return QueuedCheckpoint{id};
             });
}

}  // namespace

void AddLedgerRoutes(RouteTable& routes, Application* application) {
  AddEntries(routes, application);
  AddEvidence(routes, application);
  AddPlaces(routes, application);
  routes.Add({.method = "GET",
              .path = "/v1/ledger/checkpoint",
              .id = "ledger.checkpoint",
              .access = Access::Permission("ledger.read"),
              .summary = "The newest signed checkpoint"},
             [application](const Call<>&) -> Result<LedgerCheckpoint> {
               PRIVITY_TRY(std::optional<std::string> newest, application->ledger_reader().NewestCheckpoint());
               if (!newest) return Error("ledger.not_signed_yet");
               PRIVITY_TRY(LedgerVerifiers verifiers, VerifiersOf(*application));
               return LedgerCheckpoint{*std::move(newest), std::move(verifiers.newest), std::move(verifiers.earlier)};
             });
  AddTileRoute<Tile1>(routes, application, "/v1/ledger/tile/{level}/{a}", "ledger.tiles.one");
  AddTileRoute<Tile2>(routes, application, "/v1/ledger/tile/{level}/{a}/{b}", "ledger.tiles.two");
  AddTileRoute<Tile3>(routes, application, "/v1/ledger/tile/{level}/{a}/{b}/{c}", "ledger.tiles.three");
  AddTileRoute<Tile4>(routes, application, "/v1/ledger/tile/{level}/{a}/{b}/{c}/{d}", "ledger.tiles.four");
}

}  // namespace privity
