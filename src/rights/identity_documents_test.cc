// Copies of identity documents: what is taken, who may decide, and that each way out destroys them.
#include "rights/identity_documents.h"

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using namespace std::chrono_literals;

const std::string kPicture = "\x89PNG\r\n\x1a\n and Ada Lovelace, born 1815";

class IdentityDocumentsTest : public RightsTestBase {
 protected:
  void SetUp() override {
    RightsTestBase::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    Allow(true);
  }
  void Allow(bool documents) {
    const auto put = Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY(RightsSettings settings, rights().Settings(tx));
      settings.documents = documents;
      PRIVITY_TRY_VOID(rights().PutSettings(tx, staff_, settings, {}));
      return Ok();
    });
    ASSERT_TRUE(put.ok()) << put.error().DebugString();
  }
  Result<FinishedDocument> Received(const RightsRequestId& id, std::string_view content) {
    PRIVITY_TRY(DocumentWriter writer, Read([&](ReadTx& tx) { return documents().Receive(tx, id); }));
    for (const char byte : content) PRIVITY_TRY_VOID(writer.Write(AsBytes(std::string_view(&byte, 1))));
    return writer.Finish();
  }
  Result<IdentityDocument> Give(const RightsRequestId& id, std::string_view content = kPicture) {
    PRIVITY_TRY(const FinishedDocument document, Received(id, content));
    return Write([&](WriteTx& tx) { return documents().Give(tx, SubjectCaller(), id, document); });
  }
  Result<std::string> Open(const RightsRequestId& id, const FileId& document) {
    PRIVITY_TRY(const OpenedDocument opened,
                Write([&](WriteTx& tx) { return documents().Open(tx, staff_, id, document); }));
    PRIVITY_TRY(const SecretBytes content, opened.file.Read(0, 1'000));
    return std::string(AsText(content.Reveal()));
  }
  IdentityDocument The(const RightsRequestId& id, const FileId& document) {
    const auto all = Read([&](ReadTx& tx) { return documents().Of(tx, id); });
    EXPECT_TRUE(all.ok());
    return *std::ranges::find(*all, document, &IdentityDocument::id);
  }
  std::string LastAction() { return *(*ParseJson(Recorded().back()))["action"].string(); }
  // Runs the job that a decision queued, and looks at what is left.
  void ExpectDestroyed(const RightsRequestId& id, const FileId& document, DocumentOutcome outcome) {
    EXPECT_EQ(The(id, document).outcome, outcome);
    EXPECT_FALSE(Read([&](ReadTx& tx) { return files().Read(tx, document); }).ok());
    EXPECT_FALSE(The(id, document).destroyed_at) << "said before it is so";
    EXPECT_TRUE(RunJob(std::string(IdentityDocuments::kDestroyJob), documents().Handler()).ok());
    EXPECT_TRUE(The(id, document).destroyed_at);
    const auto shredded = Read([&](ReadTx& tx) { return person_keys().ShreddedAt(tx, SubjectId(document.uuid())); });
    EXPECT_TRUE(shredded.ok() && *shredded) << "its keys are still there";
    EXPECT_EQ(Count("files_files"), 0);
    EXPECT_EQ(LastAction(), "rights.document.destroyed");
    const auto again = Open(id, document);
    EXPECT_TRUE(!again.ok() && again.error().Is("rights.document_over"));
  }
};

TEST_P(IdentityDocumentsTest, AreTakenOnlyWhereTheSettingsAllowIt) {
  Allow(false);
  const RightsRequest request = Made(Asked(Right::kAccess));
  EXPECT_FALSE(request.takes_document);
  EXPECT_TRUE(Give(request.id).error().Is("rights.documents_off"));
  Allow(true);
  EXPECT_TRUE(Now(request.id).takes_document);
  EXPECT_TRUE(Give(request.id).ok());
  EXPECT_EQ(Now(request.id).documents_waiting, 1);
  (void)Made(Asked(Right::kErasure));
  const auto waiting = Read([&](ReadTx& tx) { return rights().List(tx, {.document_waits = true}); });
  ASSERT_EQ(waiting->items.size(), 1U);
  EXPECT_EQ(waiting->items[0].id, request.id);
}

TEST_P(IdentityDocumentsTest, AreTakenWhileTheyCouldProveMore) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  Proven(request.id);
  EXPECT_FALSE(Now(request.id).takes_document);
  EXPECT_TRUE(Give(request.id).error().Is("rights.document_unneeded"));
  const RightsRequestId nobody = RightsRequestId::NewRandom();
  EXPECT_TRUE(Give(nobody).error().Is("rights.request_unknown"));
}

TEST_P(IdentityDocumentsTest, AreWhatTheirFirstBytesSay) {
  struct Row {
    std::string_view name, content;
    std::optional<DocumentFormat> format;
  };
  using namespace std::string_view_literals;
  const RightsRequest request = Made(Asked(Right::kAccess));
  for (const Row& row : {Row{"PDF", "%PDF-1.7 ...."sv, DocumentFormat::kPdf},
                         {"JPEG", "\xff\xd8\xff\xe0 ......."sv, DocumentFormat::kJpeg},
                         {"PNG", "\x89PNG\r\n\x1a\n ...."sv, DocumentFormat::kPng},
                         {"WebP", "RIFF\x10\0\0\0WEBPVP8 "sv, DocumentFormat::kWebp},
                         {"a sound", "RIFF\x10\0\0\0WAVEfmt "sv, {}},
                         {"a page with a script", "<html><script>..."sv, {}},
                         {"a program",
                          "\x7f"
                          "ELF\x02\x01\x01........"sv,
                          {}},
                         {"a drawing that can hold scripts", "<svg xmlns='...'>"sv, {}},
                         {"an archive", "PK\x03\x04 ........"sv, {}},
                         {"a beginning", "%PD"sv, {}},
                         {"nothing", ""sv, {}}}) {
    const auto received = Received(request.id, row.content);
    EXPECT_EQ(received.ok(), row.format.has_value()) << row.name;
    if (received.ok()) {
      EXPECT_EQ(received->format, *row.format) << row.name;
    } else {
      EXPECT_TRUE(received.error().Is("rights.document_format")) << row.name;
    }
  }
}

TEST_P(IdentityDocumentsTest, HaveLimits) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  for (int i = 0; i < kDocumentsWaitingMax; ++i) ASSERT_TRUE(Give(request.id).ok());
  EXPECT_TRUE(Give(request.id).error().Is("rights.documents_full"));
  const RightsRequest other = Made(Asked(Right::kErasure));
  auto writer = Read([&](ReadTx& tx) { return documents().Receive(tx, other.id); });
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->Write(AsBytes(kPicture)).ok());
  const std::string megabytes(kDocumentBytesMax, 'x');
  EXPECT_TRUE(writer->Write(AsBytes(megabytes)).error().Is("files.too_large"));
}

TEST_P(IdentityDocumentsTest, AcceptedByWhoeverLookedProveTheRequestAndAreDestroyed) {
  const RightsRequest request = Made(Asked(Right::kAccess, "ada@example.org", "us-ca-ccpa"));
  const FileId document = Give(request.id)->id;
  const auto accept = [&] {
    return Write(
        [&](WriteTx& tx) { return documents().Accept(tx, staff_, request.id, document, "Name and birthday fit."); });
  };
  EXPECT_TRUE(accept().error().Is("rights.document_unseen"));
  EXPECT_EQ(Open(request.id, document).value(), kPicture);
  EXPECT_EQ(LastAction(), "rights.document.opened");
  const auto accepted = accept();
  ASSERT_TRUE(accepted.ok()) << accepted.error().DebugString();
  EXPECT_TRUE(accepted->proven);
  EXPECT_EQ(accepted->state, RequestState::kVerified);
  EXPECT_EQ(accepted->proofs.back().method, ProofMethod::kDocument);
  ExpectDestroyed(request.id, document, DocumentOutcome::kAccepted);
}

TEST_P(IdentityDocumentsTest, AcceptingOneDestroysTheOthersToo) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  const FileId front = Give(request.id)->id, back = Give(request.id)->id;
  ASSERT_TRUE(Open(request.id, front).ok());
  ASSERT_TRUE(Write([&](WriteTx& tx) { return documents().Accept(tx, staff_, request.id, front, "Name fits."); }).ok());
  EXPECT_EQ(The(request.id, front).outcome, DocumentOutcome::kAccepted);
  ExpectDestroyed(request.id, back, DocumentOutcome::kUnneeded);
}

TEST_P(IdentityDocumentsTest, RejectedOnesProveNothingAndThePersonReadsWhy) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  const FileId document = Give(request.id)->id;
  ASSERT_TRUE(Open(request.id, document).ok());
  const auto rejected = Write(
      [&](WriteTx& tx) { return documents().Reject(tx, staff_, request.id, document, "The name is not readable."); });
  ASSERT_TRUE(rejected.ok()) << rejected.error().DebugString();
  EXPECT_FALSE(rejected->proven);
  EXPECT_TRUE(rejected->takes_document) << "another one may follow";
  const auto messages = Write([&](WriteTx& tx) { return rights().MessagesForPerson(tx, request.id); });
  EXPECT_EQ(messages->back().text, "The name is not readable.");
  ExpectDestroyed(request.id, document, DocumentOutcome::kRejected);
}

TEST_P(IdentityDocumentsTest, AreDestroyedWhenThePersonTakesThemBack) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  const FileId document = Give(request.id)->id;
  ASSERT_TRUE(Write([&](WriteTx& tx) { return documents().TakeBack(tx, request.id, document); }).ok());
  ExpectDestroyed(request.id, document, DocumentOutcome::kTakenBack);
}

TEST_P(IdentityDocumentsTest, AreDestroyedWhenNobodyDecides) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  const FileId document = Give(request.id)->id;
  clock().Advance(kDocumentLifetime - 1h);
  ASSERT_TRUE(documents().Expire().ok());
  EXPECT_EQ(The(request.id, document).outcome, DocumentOutcome::kWaiting);
  clock().Advance(1h);
  EXPECT_TRUE(Open(request.id, document).error().Is("rights.document_over")) << "before anybody swept";
  ASSERT_TRUE(documents().Expire().ok());
  ExpectDestroyed(request.id, document, DocumentOutcome::kExpired);
}

TEST_P(IdentityDocumentsTest, AreDestroyedWhenTheRequestIsWithdrawn) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  const FileId document = Give(request.id)->id;
  ASSERT_TRUE(
      Write([&](WriteTx& tx) { return rights().StepByPerson(tx, request.id, RequestStep::kWithdraw, ""); }).ok());
  ExpectDestroyed(request.id, document, DocumentOutcome::kUnneeded);
}

TEST_P(IdentityDocumentsTest, AreDestroyedWhenTheRequestIsClosedAsADuplicate) {
  const RightsRequest request = Made(Asked(Right::kAccess)), other = Made(Asked(Right::kAccess));
  const FileId document = Give(request.id)->id;
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().Merge(tx, staff_, request.id, other.id); }).ok());
  ExpectDestroyed(request.id, document, DocumentOutcome::kUnneeded);
}

TEST_P(IdentityDocumentsTest, AreDestroyedWhenTheRequestIsProvenOtherwise) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  const FileId document = Give(request.id)->id;
  Proven(request.id);
  ExpectDestroyed(request.id, document, DocumentOutcome::kUnneeded);
}

TEST_P(IdentityDocumentsTest, AreDestroyedWhenTheRequestIsOfAnotherAddress) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  const FileId document = Give(request.id)->id;
  RequestContent content = Asked(Right::kAccess, "grace@example.org").content;
  ASSERT_TRUE(Write([&](WriteTx& tx) { return rights().EditContent(tx, staff_, request.id, content); }).ok());
  ExpectDestroyed(request.id, document, DocumentOutcome::kUnneeded);
}

TEST_P(IdentityDocumentsTest, LeaveATraceThatSaysNothingOfThem) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  ASSERT_TRUE(Give(request.id).ok());
  const auto traces = Read([&](ReadTx& tx) { return rights().Traces(tx, request.id); });
  const auto trace = std::ranges::find(*traces, TraceKind::kDocuments, &RequestTrace::kind);
  ASSERT_NE(trace, traces->end());
  EXPECT_EQ(trace->count, 1);
  EXPECT_FALSE(trace->personal);
}

TEST_P(IdentityDocumentsTest, AreNeverOnTheDiskInClear) {
  const RightsRequest request = Made(Asked(Right::kAccess));
  ASSERT_TRUE(Give(request.id).ok());
  int read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place().directory())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(content.find("Ada Lovelace"), std::string::npos) << entry.path();
    ++read;
  }
  EXPECT_GT(read, 0);
}

TEST_P(IdentityDocumentsTest, OfAnotherRequestAreNotThere) {
  const RightsRequest request = Made(Asked(Right::kAccess)), other = Made(Asked(Right::kErasure));
  const FileId document = Give(request.id)->id;
  EXPECT_TRUE(Open(other.id, document).error().Is("rights.document_unknown"));
  const auto taken = Write([&](WriteTx& tx) { return documents().TakeBack(tx, other.id, document); });
  EXPECT_TRUE(taken.error().Is("rights.document_unknown"));
}

PRIVITY_ON_EVERY_STORE(IdentityDocumentsTest);

}  // namespace
}  // namespace privity
