#include "ledger/checkpoint.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"

namespace privity {
namespace {

SigningKey KeyOf(std::string_view name) {
  return SigningKey::FromSeed(Key::FromBytes(Sha256(AsBytes(name))).value());
}

NoteVerifier VerifierOf(std::string name, const SigningKey& key, NoteKeyType type = NoteKeyType::kEd25519) {
  return NoteVerifier::Create(std::move(name), type, key.verify_key()).value();
}

// golang.org/x/mod/sumdb/note, package documentation: the key and the note of its own example.
constexpr std::string_view kGoVerifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kGoNote =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(Note, OpensTheExampleOfGosNotePackage) {
  const NoteVerifier verifier = NoteVerifier::Parse(kGoVerifier).value();
  EXPECT_EQ(verifier.name(), "PeterNeumann");
  EXPECT_EQ(verifier.key_id(), 0xc74f20a3U);
  EXPECT_EQ(verifier.ToString(), kGoVerifier);
  const Result<Note> note = OpenNote(kGoNote, verifier);
  ASSERT_TRUE(note.ok()) << note.error().DebugString();
  EXPECT_TRUE(note->text.ends_with("problem is.\n"));
}

TEST(Note, AnyChangedByteIsRefused) {
  const NoteVerifier verifier = NoteVerifier::Parse(kGoVerifier).value();
  for (std::size_t i = 0; i < kGoNote.size(); ++i) {
    std::string changed(kGoNote);
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenNote(changed, verifier).ok()) << "byte " << i;
  }
}

TEST(Note, SignaturesOfUnknownKeysAreIgnoredAndABadOneOfAKnownKeyIsNot) {
  const SigningKey key = KeyOf("log"), other = KeyOf("other");
  const std::string mine = SignNote("text\n", "example.org/log", key).value();
  const std::string theirs = SignNote("text\n", "example.org/other", other).value();
  const std::string both = mine + theirs.substr(theirs.find("\n\n") + 2);
  EXPECT_TRUE(OpenNote(both, VerifierOf("example.org/log", key)).ok());
  EXPECT_EQ(OpenNote(theirs, VerifierOf("example.org/log", key)).error().code(), "ledger.signature_missing");
  const std::string over_other_text = SignNote("next\n", "example.org/log", key).value();
  const std::string bad = mine + over_other_text.substr(over_other_text.find("\n\n") + 2);
  EXPECT_EQ(OpenNote(bad, VerifierOf("example.org/log", key)).error().code(), "ledger.signature_bad");
}

TEST(Note, AfterAKeyWasReplacedEitherVerifierOpensWhatBothSigned) {
  const SigningKey old_key = KeyOf("old"), new_key = KeyOf("new"), stranger = KeyOf("stranger");
  const auto verifier = [](const SigningKey& key) { return VerifierOf("example.org/log", key); };
  const std::string before = SignNote("one\n", "example.org/log", old_key).value();
  const SigningKey signers[] = {new_key, old_key};
  const std::string after = SignNote("two\n", "example.org/log", signers).value();
  EXPECT_TRUE(OpenNote(after, verifier(old_key)).ok());
  EXPECT_TRUE(OpenNote(after, verifier(new_key)).ok());
  EXPECT_EQ(OpenNote(before, verifier(new_key)).error().code(), "ledger.signature_missing");
  const auto both = NoteVerifiers::Create({verifier(new_key), verifier(old_key)}).value();
  EXPECT_TRUE(OpenNote(before, both).ok());
  EXPECT_TRUE(OpenNote(after, both).ok());
  EXPECT_EQ(OpenNote(after, verifier(stranger)).error().code(), "ledger.signature_missing");
  // A wrong signature of one of them is not outweighed by a good one of the other.
  const std::string other = SignNote("three\n", "example.org/log", old_key).value();
  const std::string torn = SignNote("two\n", "example.org/log", new_key).value() + other.substr(other.find("\n\n") + 2);
  EXPECT_EQ(OpenNote(torn, both).error().code(), "ledger.signature_bad");
}

TEST(Note, VerifiersOfOneLedgerHaveOneName) {
  EXPECT_EQ(NoteVerifiers::Create({}).error().code(), "ledger.verifiers_differ");
  EXPECT_EQ(NoteVerifiers::Create({VerifierOf("example.org/a", KeyOf("a")), VerifierOf("example.org/b", KeyOf("b"))})
                .error()
                .code(),
            "ledger.verifiers_differ");
}

TEST(Note, WhatIsNoNoteIsRefused) {
  const std::string good = SignNote("text\n", "example.org/log", KeyOf("log")).value();
  const std::string signature = good.substr(good.find("\n\n") + 2);
  const std::pair<const char*, std::string> cases[] = {
      {"empty", ""},
      {"no signatures", "text\n\n"},
      {"no empty line", "text\n" + signature},
      {"no last newline", good.substr(0, good.size() - 1)},
      {"a tab", "te\txt\n\n" + signature},
      {"a hyphen for the dash", "text\n\n- example.org/log AAAAAAAA\n"},
      {"a name with a plus", "text\n\n\xe2\x80\x94 a+b AAAAAAAA\n"},
      {"key id alone", "text\n\n\xe2\x80\x94 ab AAAAAA==\n"},
      {"101 signatures",
       [&] {
         std::string note = "text\n\n";
         for (int i = 0; i < 101; ++i) note += signature;
         return note;
       }()},
  };
  for (const auto& [name, note] : cases) EXPECT_EQ(ParseNote(note).error().code(), "ledger.note_invalid") << name;
  EXPECT_EQ(SignNote("text\n", "two words", KeyOf("log")).error().code(), "ledger.key_name_invalid");
}

TEST(NoteVerifier, RefusesAKeyIdThatBelongsToAnotherKey) {
  std::string other(kGoVerifier);
  other[other.find('+') + 1] = 'd';
  EXPECT_EQ(NoteVerifier::Parse(other).error().code(), "ledger.verifier_invalid");
  for (const std::string_view text :
       {"", "name", "name+c74f20a3", "name+c74f20a3+", "+c74f20a3+AAAA", "name+zzzzzzzz+AAAA"}) {
    EXPECT_EQ(NoteVerifier::Parse(text).error().code(), "ledger.verifier_invalid") << text;
  }
}

TEST(NoteVerifier, ReadsAWitnessCosignature) {
  // C2SP tlog-cosignature: 8 bytes of time, then Ed25519 over "cosignature/v1\ntime <t>\n" and the text.
  const SigningKey key = KeyOf("witness");
  const NoteVerifier verifier = VerifierOf("witness.example/w1", key, NoteKeyType::kCosignature);
  const std::string text = "example.org/log\n0\n" + FormatHash(EmptyRoot()) + "\n";
  const auto raw = key.Sign(AsBytes("cosignature/v1\ntime 1679315147\n" + text));
  Bytes signature = HexDecode("00000000641850cb").value();  // 1679315147 big endian
  signature.insert(signature.end(), raw.begin(), raw.end());
  EXPECT_TRUE(verifier.Verifies(text, signature));
  signature[7] ^= std::byte{1};
  EXPECT_FALSE(verifier.Verifies(text, signature));
  EXPECT_EQ(NoteVerifier::Parse(verifier.ToString())->type(), NoteKeyType::kCosignature);
}

TEST(Checkpoint, IsThreeLinesAndReadsBack) {
  const Checkpoint checkpoint{.origin = "example.org/log", .size = 20852163, .root = LeafHash(AsBytes("x"))};
  const std::string text = FormatCheckpoint(checkpoint);
  EXPECT_EQ(text, "example.org/log\n20852163\n" + FormatHash(checkpoint.root) + "\n");
  EXPECT_EQ(ParseCheckpoint(text).value(), checkpoint);
  EXPECT_EQ(ParseCheckpoint(text + "extension\n").value(), checkpoint);
}

TEST(Checkpoint, OtherSpellingsAreRefused) {
  const std::string root = FormatHash(EmptyRoot());
  const std::pair<const char*, std::string> cases[] = {
      {"empty", ""},
      {"empty origin", "\n0\n" + root + "\n"},
      {"leading zero", "a\n07\n" + root + "\n"},
      {"negative", "a\n-1\n" + root + "\n"},
      {"over 64 bits", "a\n18446744073709551616\n" + root + "\n"},
      {"short root", "a\n7\nAAAA\n"},
      {"no newline at the end", "a\n7\n" + root},
      {"empty extension", "a\n7\n" + root + "\n\n"},
  };
  for (const auto& [name, text] : cases) {
    EXPECT_EQ(ParseCheckpoint(text).error().code(), "ledger.checkpoint_invalid") << name;
  }
}

TEST(Checkpoint, OfAnotherOriginIsRefusedEvenWithAGoodSignature) {
  const SigningKey key = KeyOf("log");
  const std::string note =
      SignNote(FormatCheckpoint({.origin = "example.org/b", .size = 0, .root = EmptyRoot()}), "example.org/a", key)
          .value();
  EXPECT_EQ(OpenCheckpoint(note, VerifierOf("example.org/a", key)).error().code(), "ledger.origin_wrong");
}

TEST(Evidence, ReadsBackAndProvesItsEntryOnly) {
  const SigningKey key = KeyOf("log");
  const NoteVerifier verifier = VerifierOf("example.org/log", key);
  const TreeHash a = LeafHash(AsBytes("a")), b = LeafHash(AsBytes("b"));
  const Checkpoint checkpoint{.origin = "example.org/log", .size = 2, .root = NodeHash(a, b)};
  const InclusionEvidence evidence{
      .index = 1,
      .path = {a},
      .signed_checkpoint = SignNote(FormatCheckpoint(checkpoint), "example.org/log", key).value()};
  const std::string text = FormatProof(evidence);
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nindex 1\n" + FormatHash(a) + "\n\nexample.org/log\n2\n"));
  const InclusionEvidence read = ParseProof(text).value();
  EXPECT_EQ(CheckEvidence(read, AsBytes("b"), verifier).value(), checkpoint);
  EXPECT_EQ(CheckEvidence(read, AsBytes("a"), verifier).error().code(), "ledger.proof_wrong");
  const std::string with_extra = "c2sp.org/tlog-proof@v1\nextra AAAA\n" + text.substr(text.find("index"));
  EXPECT_TRUE(CheckEvidence(ParseProof(with_extra).value(), AsBytes("b"), verifier).ok());
}

TEST(Evidence, WhatIsNoProofIsRefused) {
  for (const std::string_view text :
       {"", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nindex 01\n\n",
        "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n", "c2sp.org/tlog-proof@v1\nindex 1\n"}) {
    EXPECT_EQ(ParseProof(text).error().code(), "ledger.proof_invalid") << text;
  }
}

}  // namespace
}  // namespace privity
