#include "datamap/internal/access_writer.h"

#include <algorithm>

#include "base/json.h"
#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::size_t kBite = 500;

bool IsForTheRegister(const Grant& grant) {
  for (const std::string* text : {&grant.principal, &grant.collection.space, &grant.collection.name, &grant.field}) {
    if (!IsUtf8(*text) || text->size() > kMapNameBytesMax) return false;
  }
  return true;
}

}  // namespace

std::map<AccessWriter::Place, std::set<Privilege>> AccessWriter::Merged(const std::vector<Grant>& grants,
                                                                        bool& is_cut) const {
  std::map<Place, std::set<Privilege>> merged;
  is_cut = false;
  for (const Grant& grant : grants) {
    if (!IsForTheRegister(grant)) continue;
    Place place{grant.principal_kind,  grant.principal, grant.collection.space,
                grant.collection.name, grant.field,     ToJson(grant.through)};
    if (merged.size() >= AccessPoints::kOfSystemMax && !merged.contains(place)) {
      is_cut = true;
      continue;
    }
    merged[std::move(place)].insert(grant.privilege);
  }
  return merged;
}

Result<std::map<AccessWriter::Place, AccessWriter::Known>> AccessWriter::Load() const {
  std::map<Place, Known> known;
  const Status read = world_.store.Read([&](ReadTx& tx) -> Status {
    PRIVITY_TRY(const auto rows, tx.Query("SELECT principal_kind, principal, dataset, collection, field, through, id, "
                                          "privileges, gone_at FROM datamap_access WHERE system = $1",
                                          {system_}));
    for (const Row& row : rows) {
      PRIVITY_TRY(const auto kind, ParseEnum<PrincipalKind>(row.Get<std::string>(0)));
      known.emplace(Place{kind, row.Get<std::string>(1), row.Get<std::string>(2), row.Get<std::string>(3),
                          row.Get<std::string>(4), row.Get<std::string>(5)},
                    Known{row.Get<AccessPointId>(6), row.Get<std::string>(7), !row.IsNull(8)});
    }
    return Ok();
  });
  PRIVITY_TRY_VOID(read);
  return known;
}

Status AccessWriter::Insert(WriteTx& tx, const Place& place, const std::string& privileges, Instant now) const {
  const auto& [kind, principal, dataset, collection, field, through] = place;
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO datamap_access (id, system, principal_kind, principal, dataset, collection, field, "
                 "through, privileges, first_seen_at, last_seen_at, first_scan, last_scan) VALUES ($1, $2, $3, $4, $5, "
                 "$6, $7, $8, $9, $10, $10, $11, $11)",
                 {AccessPointId::New(world_.clock), system_, EnumText(kind), principal, dataset, collection, field,
                  through, privileges, now, scan_}));
  return Ok();
}

Status AccessWriter::See(WriteTx& tx, const AccessPointId& id, Instant now) const {
  PRIVITY_TRY_VOID(
      tx.Execute("UPDATE datamap_access SET last_seen_at = $2, last_scan = $3 WHERE id = $1", {id, now, scan_}));
  return Ok();
}

Status AccessWriter::Save(const std::vector<Grant>& grants, bool is_whole) {
  const Instant now = world_.clock.Now();
  bool is_cut = false;
  const auto merged = Merged(grants, is_cut);
  PRIVITY_TRY(const auto known, Load());
  std::vector<std::function<Status(WriteTx&)>> acts;
  for (const auto& [place, before] : known) {
    if (merged.contains(place) || before.is_gone || is_cut || !is_whole) continue;
    acts.push_back([id = before.id, now](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("UPDATE datamap_access SET gone_at = $2 WHERE id = $1", {id, now}));
      return Ok();
    });
  }
  for (const auto& [place, rights] : merged) {
    const std::string privileges = ToJson(std::vector<Privilege>(rights.begin(), rights.end()));
    const auto found = known.find(place);
    if (found == known.end()) {
      acts.push_back(
          [this, &place = place, privileges, now](WriteTx& tx) { return Insert(tx, place, privileges, now); });
      continue;
    }
    acts.push_back([this, id = found->second.id, now](WriteTx& tx) { return See(tx, id, now); });
    if (found->second.is_gone || found->second.privileges != privileges) {
      acts.push_back([id = found->second.id, privileges](WriteTx& tx) -> Status {
        PRIVITY_TRY_VOID(
            tx.Execute("UPDATE datamap_access SET privileges = $2, gone_at = NULL WHERE id = $1", {id, privileges}));
        return Ok();
      });
    }
  }
  for (std::size_t at = 0; at < acts.size(); at += kBite) {
    const Status written = write_([&](WriteTx& tx) -> Status {
      for (std::size_t i = at; i < std::min(acts.size(), at + kBite); ++i) PRIVITY_TRY_VOID(acts[i](tx));
      return Ok();
    });
    PRIVITY_TRY_VOID(written);
  }
  if (is_cut) {
    return Error("datamap.too_many_access_points", {{"maximum", std::to_string(AccessPoints::kOfSystemMax)}});
  }
  return Ok();
}

}  // namespace privity
