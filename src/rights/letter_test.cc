#include "rights/letter.h"

#include <gmock/gmock.h>

#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RequestDraftsTest : public RightsTestBase {
 protected:
  RequestDrafts Drafts(const RightsRequest& request) {
    Organization organization;
    organization.name = "Example Trading";
    return Read([&](ReadTx& tx) { return DraftsFor(tx, own_texts(), request, organization); }).value();
  }
};
PRIVITY_ON_EVERY_STORE(RequestDraftsTest);

TEST_P(RequestDraftsTest, SpeakTheLanguageOfTheRequestAndFitItsRight) {
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
    const RequestDrafts drafts = Drafts(request);
    EXPECT_THAT(drafts.answer, AllOf(StartsWith(row.greeting), HasSubstr(row.erased), EndsWith("Example Trading")));
    EXPECT_THAT(drafts.answer, Not(HasSubstr("["))) << "nothing is left to fill in";
    EXPECT_THAT(drafts.extension, AllOf(StartsWith(row.greeting), HasSubstr("["))) << "the reason is theirs";
    EXPECT_THAT(drafts.pause, HasSubstr("["));
  }
  request.right = Right::kComplaint;
  EXPECT_THAT(Drafts(request).answer, HasSubstr("["));
}

}  // namespace
}  // namespace privity
