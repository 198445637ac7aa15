#include "rights/letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(RequestDrafts, SpeakTheLanguageOfTheRequestAndFitItsRight) {
  Organization organization;
  organization.name = "Example Trading";
  RightsRequest request;
  request.right = Right::kErasure;
  struct Row {
    const char* language;
    const char* greeting;
    const char* erased;
  };
  for (const Row& row : {Row{"en", "Hello,", "we erased your data"}, Row{"de", "Guten Tag,", "gelöscht"},
                         Row{"fr", "Bonjour,", "nous avons effacé"}, Row{"es", "Hola:", "hemos suprimido"}}) {
    request.language = row.language;
    const RequestDrafts drafts = DraftsFor(Catalog::BuiltIn(), request, organization);
    EXPECT_THAT(drafts.answer, AllOf(StartsWith(row.greeting), HasSubstr(row.erased), EndsWith("Example Trading")));
    EXPECT_THAT(drafts.answer, Not(HasSubstr("["))) << "nothing is left to fill in";
    EXPECT_THAT(drafts.extension, AllOf(StartsWith(row.greeting), HasSubstr("["))) << "the reason is theirs";
    EXPECT_THAT(drafts.pause, HasSubstr("["));
  }
  request.right = Right::kComplaint;
  EXPECT_THAT(DraftsFor(Catalog::BuiltIn(), request, organization).answer, HasSubstr("["));
}

}  // namespace
}  // namespace privity
