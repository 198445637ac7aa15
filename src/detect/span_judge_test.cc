// What is found in texts is judged anew by what stands around it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "detect/detector.h"
#include "detect/detector_trial.h"
#include "detect/internal/span_model.h"
#include "detect/testing/span_text.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> Found(const std::string& text) {
  static const auto detector = Detector::BuiltIn().value();
  return FoundIn(*detector, text);
}

// Of words that no list and no rule holds, by what such texts say.
TEST(SpanJudge, FindsWhatRulesMissInSpanish) {
  struct Row {
    std::string text, found;
  };
  const std::vector<Row> rows = {
      {"Expediente 4471/2024. Compareció el vecino don Telmo Arizcuren, herrador, con domicilio en Lodosa.",
       "person:Telmo Arizcuren"},
      {"EVOLUCION: PCTE MUJER DE 58 AÑOS, COSTURERA, REFIERE DOLOR. SE AVISA A SU HERMANA ELVIRA.", "age:58 AÑOS"},
      {"Hola, soy la mamá de Nahuel, tiene turno el 12 de marzo con la Dra. Ferreyra y no llegamos.", "person:Nahuel"},
  };
  for (const Row& row : rows) EXPECT_THAT(Found(row.text), Contains(row.found)) << row.text;
}

// Who asks why is told what no rule said.
TEST(SpanJudge, IsNamedWhereItDecided) {
  const auto detector = Detector::BuiltIn().value();
  bool judged = false;
  for (const char* text :
       {"Hola, soy la mamá de Nahuel, tiene turno el 12 de marzo con la Dra. Ferreyra y no llegamos.",
        "Compareció el vecino don Telmo Arizcuren, herrador, con domicilio en Lodosa, y firmó."}) {
    for (const ExplainedSpan& one : detector->Explain(text)) {
      EXPECT_FALSE(one.evidence.empty()) << one.span.detector;
      for (const Evidence& evidence : one.evidence) judged |= evidence.kind == EvidenceKind::kSpanModel;
    }
  }
  EXPECT_TRUE(judged);
}

TEST(SpanJudge, KeepsWhatFormAndCheckDigitsTell) {
  const auto found = Found(
      "Le rogamos que el pago de la cuota de la comunidad se haga en la cuenta ES91 2100 0418 4502 0005 1332 y avise a "
      "tesoreria@example.org cuando esté hecho.");
  EXPECT_THAT(found, Contains("bank_account:ES91 2100 0418 4502 0005 1332"));
  EXPECT_THAT(found, Contains("email:tesoreria@example.org"));
}

TEST(SpanJudge, KeepsWhatACompanysOwnDetectorFinds) {
  const std::string file =
      "pack:\n  kind: detector\n  id: acme-socio\n  version: 2026.1\n  title: Member number of Acme\n"
      "  sources:\n    - title: Acme's handbook\n"
      "entity: other_id\ncategory: user.unique_id\n"
      "text:\n  shape: token\n  patterns: ['QX[0-9]{5}Z']\n"
      "examples: [\"QX20411Z\"]\ncounter_examples: [\"QX2041Z\"]\n";
  const auto detector = DetectorWith({{.path = "acme.yaml", .text = file, .installed = true}}).value();
  EXPECT_THAT(
      FoundIn(*detector, "La piedra de la entrada lleva la marca QX20411Z desde que se hizo la obra del puente."),
      Contains("other_id:QX20411Z"));
}

// A word for a relative or a trade says little where nobody else is spoken of.
TEST(SpanJudge, AddsNoTradeOrRelativeThatStandsAlone) {
  for (const char* text : {"La madre de todas las batallas se libra en la sección de quesos.",
                           "El oficio de herrero se aprende de pie y con paciencia."}) {
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("family:")))) << text;
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("job_title:")))) << text;
  }
}

// A long text is judged in parts: what is found in one does not depend on how much stands before it.
TEST(SpanJudge, ALongTextIsJudgedInParts) {
  const std::string line = "Paciente: Práxedes Luengo Bobadilla. Edad: 82 años. Ingreso: 02-11-2020.\n";
  std::string text;
  for (int i = 0; i < 400; ++i) text += line;
  const auto once = Found(line), all = Found(text);
  EXPECT_THAT(once, Contains("person:Práxedes Luengo Bobadilla"));
  EXPECT_EQ(std::ranges::count(all, "person:Práxedes Luengo Bobadilla"), 400);
  EXPECT_EQ(std::ranges::count(all, "age:82 años"), 400);
}

TEST(SpanModel, FilesThatAreNoneAreRefused) {
  using detect::SpanModel;
  EXPECT_EQ(SpanModel::Parse("").error().code(), "detect.span_model");
  EXPECT_EQ(SpanModel::Parse(std::string(50000, 'x')).error().code(), "detect.span_model");
  detect::SpanModelHead head{.magic = {}, .features = 4, .scale = 0.1f};
  std::memcpy(head.magic.data(), SpanModel::kMagic.data(), head.magic.size());
  const auto file = [&](std::size_t rows) {
    return std::string(reinterpret_cast<const char*>(&head), sizeof head) +
           std::string(sizeof(detect::SpanTransitions) + rows * detect::kSpanLanes, '\0');
  };
  EXPECT_TRUE(SpanModel::Parse(file(4)).ok());
  EXPECT_FALSE(SpanModel::Parse(file(3)).ok()) << "cut short";
  EXPECT_FALSE(SpanModel::Parse(file(5)).ok()) << "too long";
  head.features = 3;
  EXPECT_FALSE(SpanModel::Parse(file(3)).ok()) << "no power of two";
}

}  // namespace
}  // namespace privity
