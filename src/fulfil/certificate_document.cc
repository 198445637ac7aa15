#include "fulfil/certificate_document.h"

#include "base/json.h"
#include "crypto/hash.h"
#include "fulfil/certificate.h"
#include "report/document.h"
#include "words/format.h"

namespace privity {
namespace {

std::string NameOf(const CollectionPlace& place) {
  return place.name.empty() ? place.dataset
                            : place.dataset + ": " + (place.space.empty() ? "" : place.space + ".") + place.name;
}

std::string Number(std::int64_t number) {
  return std::to_string(number);
}

class Writing {
 public:
  Writing(const Catalog& words, const std::string& language, const Certificate& certificate, const ByteSink& sink)
      : words_(words),
        language_(language),
        certificate_(certificate),
        pdf_(MakePdfWriter({.title = Title(), .language = language, .created_at = certificate.issued_at}, sink)) {}

  Status Run(std::string_view file, const std::string& signature) {
    PRIVITY_TRY_VOID(pdf_->Heading(1, Title()));
    PRIVITY_TRY_VOID(pdf_->Paragraph(Say(IsComplete(certificate_) ? "complete" : "incomplete")));
    PRIVITY_TRY_VOID(pdf_->List(std::vector<std::string>{
        Say("request", {{"request", certificate_.request}}),
        Say("planned_at", {{"at", Moment(certificate_.planned_at)}}),
        Say("issued_at", {{"at", Moment(certificate_.issued_at)}}),
        Say("plan", {{"digest", certificate_.plan_digest}}),
    }));
    PRIVITY_TRY_VOID(WriteCollections());
    PRIVITY_TRY_VOID(WriteKept());
    PRIVITY_TRY_VOID(WriteBoundaries());
    PRIVITY_TRY_VOID(WriteOrders());
    PRIVITY_TRY_VOID(WriteNotRead());
    PRIVITY_TRY_VOID(WriteChecks());
    PRIVITY_TRY_VOID(pdf_->Heading(2, Say("verify_title")));
    PRIVITY_TRY_VOID(pdf_->Paragraph(Say("verify", {{"origin", certificate_.origin}})));
    PRIVITY_TRY_VOID(pdf_->Paragraph(Say("file", {{"digest", HexEncode(BytesView(Sha256(AsBytes(file))))}})));
    PRIVITY_TRY_VOID(pdf_->Paragraph(signature.substr(0, signature.find('\n'))));
    return pdf_->Finish();
  }

 private:
  using Values = std::vector<std::vector<std::string>>;

  bool IsChange() const { return certificate_.act == PlanAct::kChange; }
  std::string Title() const { return Say(IsChange() ? "title_change" : "title"); }
  std::string Say(const std::string& key, std::initializer_list<WordsParameter> values = {}) const {
    return words_.Text(language_, "fulfil.certificate_" + key, values);
  }

  // In UTC, as in the file.
  std::string Moment(Instant at) const { return FormatDateTimeFor(language_, at, TimeZone(), DateStyle::kMedium); }
  // Grounds of the plan's own in words; what people stated as they wrote it.
  std::string Ground(const std::string& ground) const {
    return ground.empty() || IsStatedGround(ground) ? ground : Say("ground_" + ground);
  }
  std::string WhyNotRead(const std::string& code) const {
    if (code == "execution.not_scanned") return Say("not_scanned");
    if (code == "connect.only_asked") return Say("only_asked");
    if (code == "connect.malformed") return Say("malformed");
    return IsLost(Error(code)) ? Say("no_answer", {{"code", code}}) : code;
  }

  Status Table(const char* caption, std::vector<DocumentColumn> columns, Values rows) {
    if (rows.empty()) return Ok();
    PRIVITY_TRY_VOID(pdf_->Heading(2, Say(caption)));
    return pdf_->Table({.caption = Say(caption), .columns = std::move(columns), .rows = std::move(rows)});
  }

  std::string Shredded(const CertifiedCollection& each) const {
    if (each.not_shredded) return Say("not_shredded_" + *each.not_shredded);
    if (!each.sealed_fields) return "";
    std::string fields;
    for (const auto& [field, keys] : *each.sealed_fields) {
      fields += (fields.empty() ? "" : ", ") + field + " (" + NameOf(keys) + ")";
    }
    return Say("sealed", {{"count", Number(each.shredded.value_or(0))}, {"fields", fields}});
  }
  std::string Moved(const CertifiedCollection& each) const {
    return each.moved_to ? Say("moved", {{"place", NameOf(*each.moved_to)}}) : "";
  }

  Status WriteCollections() {
    if (certificate_.collections.empty()) return pdf_->Paragraph(Say("nothing_found"));
    Values rows;
    for (const CertifiedCollection& each : certificate_.collections) {
      std::string failed;
      for (const auto& [code, count] : each.failed) failed += (failed.empty() ? "" : ", ") + code + " " + Number(count);
      std::string note = Ground(each.keep_ground);
      if (note.empty() && !each.not_covered.empty()) note = Say("not_covered_" + each.not_covered);
      for (const std::string& more : {Shredded(each), Moved(each)}) {
        if (!more.empty()) note += (note.empty() ? "" : "; ") + more;
      }
      if (!failed.empty()) note += (note.empty() ? "" : "; ") + failed;
      rows.push_back({NameOf(each.id), Number(each.found), Number(each.deleted), Number(each.changed),
                      Number(each.kept), Number(each.not_theirs), note});
    }
    return Table("done",
                 {{.title = Say("collection"), .share = 5},
                  {.title = Say("found"), .share = 3},
                  {.title = Say("deleted"), .share = 3},
                  {.title = Say(IsChange() ? "replaced" : "emptied"), .share = 3},
                  {.title = Say("kept"), .share = 3},
                  {.title = Say("not_theirs"), .share = 3},
                  {.title = Say("note"), .share = 5}},
                 std::move(rows));
  }

  Status WriteKept() {
    Values rows;
    for (const CertifiedCollection& each : certificate_.collections) {
      for (const auto& [field, ground] : each.kept_fields) rows.push_back({NameOf(each.id), field, Ground(ground)});
    }
    return Table("kept_fields", {{.title = Say("collection")}, {.title = Say("field")}, {.title = Say("ground")}},
                 std::move(rows));
  }

  Status WriteBoundaries() {
    Values rows;
    for (const Boundary& each : certificate_.boundaries) {
      rows.push_back(
          {NameOf(each.from), NameOf(each.to), Say("why_" + std::string(EnumText(each.reason))), Number(each.count)});
    }
    return Table("boundaries",
                 {{.title = Say("from"), .share = 2},
                  {.title = Say("to"), .share = 2},
                  {.title = Say("reason"), .share = 2},
                  {.title = Say("count")}},
                 std::move(rows));
  }

  Status WriteOrders() {
    Values rows;
    for (const CertifiedOrder& each : certificate_.orders.value_or(std::vector<CertifiedOrder>())) {
      rows.push_back({each.system, Say("act_" + std::string(EnumText(each.act))),
                      Say("outcome_" + std::string(EnumText(each.outcome))), FormatInstant(each.answered_at),
                      Number(each.evidence)});
    }
    return Table("orders",
                 {{.title = Say("system"), .share = 2},
                  {.title = Say("act"), .share = 2},
                  {.title = Say("outcome"), .share = 2},
                  {.title = Say("at"), .share = 2},
                  {.title = Say("evidence")}},
                 std::move(rows));
  }

  Status WriteNotRead() {
    Values rows;
    for (const NotRead& each : certificate_.not_read) rows.push_back({NameOf(each.collection), WhyNotRead(each.code)});
    return Table("not_read", {{.title = Say("collection")}, {.title = Say("reason")}}, std::move(rows));
  }

  Status WriteChecks() {
    Values rows;
    for (const CertifiedCheck& each : certificate_.checks) {
      std::int64_t records = 0;
      for (const Rechecked& looked : each.report.collections) records += looked.records;
      rows.push_back({Moment(each.at), Say("stage_" + std::string(EnumText(each.report.stage))), Number(records),
                      Number(each.report.Leftovers()), Number(static_cast<std::int64_t>(each.report.not_read.size()))});
    }
    return Table("checks",
                 {{.title = Say("at"), .share = 3},
                  {.title = Say("stage"), .share = 3},
                  {.title = Say("records")},
                  {.title = Say("leftovers")},
                  {.title = Say("places_not_read")}},
                 std::move(rows));
  }

  const Catalog& words_;
  const std::string& language_;
  const Certificate& certificate_;
  std::unique_ptr<DocumentWriter> pdf_;
};

}  // namespace

Status WriteCertificateDocument(const Catalog& words, const std::string& language, std::string_view file,
                                const ByteSink& sink) {
  PRIVITY_TRY(const SignedCertificate read, ReadCertificate(file));
  return Writing(words, language, read.certificate, sink).Run(file, read.signature);
}

}  // namespace privity
