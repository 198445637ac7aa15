// The root key under a key of a PKCS #11 token, against SoftHSM 2.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <p11-kit/pkcs11.h>

#include <cstdlib>
#include <fstream>

#include "base/durable_file.h"
#include "crypto/key_home.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModules[] = {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so",
                                    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"};
constexpr const char* kToken = "privity test";
constexpr const char* kPin = "4711";

fs::path FindModule() {
  for (const char* module : kModules) {
    if (fs::exists(module)) return module;
  }
  return {};
}

// SoftHSM with one token, for the life of this program: the module reads its configuration once.
class SoftToken {
 public:
  static SoftToken& Get() {
    static SoftToken token;
    return token;
  }
  const fs::path& module() const { return module_; }

  // An AES-256 key on the token.
  void MakeKey(std::string label, bool extractable) {
    CK_MECHANISM generate{CKM_AES_KEY_GEN, nullptr, 0};
    CK_ULONG bytes = 32;
    CK_BBOOL yes = CK_TRUE, leaves = extractable ? CK_TRUE : CK_FALSE;
    CK_ATTRIBUTE attributes[] = {{CKA_VALUE_LEN, &bytes, sizeof(bytes)}, {CKA_TOKEN, &yes, sizeof(yes)},
                                 {CKA_SENSITIVE, &yes, sizeof(yes)},     {CKA_EXTRACTABLE, &leaves, sizeof(leaves)},
                                 {CKA_ENCRYPT, &yes, sizeof(yes)},       {CKA_DECRYPT, &yes, sizeof(yes)},
                                 {CKA_LABEL, label.data(), label.size()}};
    const CK_SESSION_HANDLE session = Session(CKU_USER, kPin);
    CK_OBJECT_HANDLE key = 0;
    EXPECT_EQ(functions_->C_GenerateKey(session, &generate, attributes, std::size(attributes), &key), CKR_OK);
    functions_->C_CloseSession(session);
  }

 private:
  SoftToken() : module_(FindModule()) {
    if (module_.empty()) return;
    std::string name = (fs::temp_directory_path() / "privity-token-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    fs::create_directory(folder_ / "tokens");
    std::ofstream(folder_ / "softhsm2.conf") << "directories.tokendir = " << (folder_ / "tokens").string() << "\n";
    setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
    const auto list = reinterpret_cast<CK_C_GetFunctionList>(
        dlsym(dlopen(module_.c_str(), RTLD_NOW | RTLD_LOCAL), "C_GetFunctionList"));
    EXPECT_EQ(list(&functions_), CKR_OK);
    EXPECT_EQ(functions_->C_Initialize(nullptr), CKR_OK);
    InitializeToken();
  }
  ~SoftToken() {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  void InitializeToken() {
    std::string officer = "0815", user = kPin, label = kToken;
    label.resize(32, ' ');
    EXPECT_EQ(functions_->C_InitToken(AnySlot(), Text(officer), officer.size(), Text(label)), CKR_OK);
    const CK_SESSION_HANDLE session = Session(CKU_SO, officer);
    EXPECT_EQ(functions_->C_InitPIN(session, Text(user), user.size()), CKR_OK);
    functions_->C_CloseSession(session);
  }
  // The token's, or the free one before there is a token.
  CK_SLOT_ID AnySlot() {
    CK_SLOT_ID slots[2] = {};
    CK_ULONG count = std::size(slots);
    EXPECT_EQ(functions_->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    return slots[0];
  }
  CK_SESSION_HANDLE Session(CK_USER_TYPE user, std::string pin) {
    CK_SESSION_HANDLE session = 0;
    EXPECT_EQ(functions_->C_OpenSession(AnySlot(), CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session),
              CKR_OK);
    EXPECT_EQ(functions_->C_Login(session, user, Text(pin), pin.size()), CKR_OK);
    return session;
  }
  static CK_UTF8CHAR_PTR Text(std::string& text) { return reinterpret_cast<CK_UTF8CHAR_PTR>(text.data()); }

  const fs::path module_;
  fs::path folder_;
  CK_FUNCTION_LIST* functions_ = nullptr;
};

class Pkcs11Test : public testing::Test {
 protected:
  void SetUp() override {
    if (SoftToken::Get().module().empty()) GTEST_SKIP() << "SoftHSM is not installed (Debian: softhsm2)";
    std::string name = (fs::temp_directory_path() / "privity-keys-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
    options_.directory = root_ / "keys";
    options_.data_directory = root_ / "data";
    fs::create_directory(options_.data_directory);
  }
  void TearDown() override {
    if (!root_.empty()) fs::remove_all(root_);
  }

  // Each test has keys of its own on the one token.
  static std::string MakeKey(bool extractable = false) {
    std::string label = testing::UnitTest::GetInstance()->current_test_info()->name();
    SoftToken::Get().MakeKey(label, extractable);
    return label;
  }
  static Pkcs11Place PlaceOf(std::string key) {
    return {.module = SoftToken::Get().module(), .token = kToken, .key = std::move(key), .pin = SecretString(kPin)};
  }
  Result<std::unique_ptr<KeyHome>> Open(const Pkcs11Place& place) {
    return KeyHome::Open(options_, RootKeySource::Pkcs11(place), clock_);
  }
  std::string ErrorOf(const Pkcs11Place& place) {
    const auto home = Open(place);
    return home.ok() ? "" : home.error().code();
  }

  SystemClock clock_;
  fs::path root_;
  KeyHomeOptions options_;
};

TEST_F(Pkcs11Test, OpensAKeyHomeWithTheTokenAndNothingElse) {
  const Pkcs11Place place = PlaceOf(MakeKey());
  auto home = Open(place);
  ASSERT_TRUE(home.ok()) << home.error().DebugString();
  const Key key = (*home)->Named("test")->key;
  EXPECT_EQ((*home)->About()->root_source, RootKeySource::Kind::kPkcs11);
  home->reset();
  EXPECT_FALSE(fs::exists(options_.directory / "root.key"));
  home = Open(place);
  ASSERT_TRUE(home.ok()) << home.error().DebugString();
  EXPECT_EQ((*home)->Named("test")->key, key);
  EXPECT_EQ(KeyHome::Open(options_, RootKeySource::File(), clock_).error().code(), "crypto.root_key_wrong");
}

TEST_F(Pkcs11Test, SaysWhatIsMissing) {
  const Pkcs11Place right = PlaceOf(MakeKey());
  ASSERT_EQ(ErrorOf(right), "");
  Pkcs11Place wrong = right;
  wrong.module = root_ / "absent.so";
  EXPECT_EQ(ErrorOf(wrong), "crypto.token_module_unusable");
  wrong = right;
  wrong.token = "another token";
  EXPECT_EQ(ErrorOf(wrong), "crypto.token_absent");
  wrong = right;
  wrong.pin = SecretString("0000");
  EXPECT_EQ(ErrorOf(wrong), "crypto.token_pin_wrong");
  wrong = right;
  wrong.key = "no such key";
  EXPECT_EQ(ErrorOf(wrong), "crypto.token_key_missing");
  EXPECT_EQ(ErrorOf(right), "");
}

TEST_F(Pkcs11Test, RefusesALibraryThatIsNoModule) {
  Pkcs11Place place = PlaceOf(MakeKey());
  place.module = "/proc/self/exe";
  EXPECT_EQ(ErrorOf(place), "crypto.token_module_unusable");
}

TEST_F(Pkcs11Test, RefusesAKeyThatCouldLeaveTheToken) {
  EXPECT_EQ(ErrorOf(PlaceOf(MakeKey(true))), "crypto.token_key_leaves");
}

TEST_F(Pkcs11Test, RefusesToGuessBetweenTwoKeysOfOneName) {
  const std::string label = MakeKey();
  MakeKey();
  EXPECT_EQ(ErrorOf(PlaceOf(label)), "crypto.token_key_ambiguous");
}

TEST_F(Pkcs11Test, AnotherKeyOfTheTokenOpensNothing) {
  ASSERT_EQ(ErrorOf(PlaceOf(MakeKey())), "");
  SoftToken::Get().MakeKey("another", false);
  EXPECT_EQ(ErrorOf(PlaceOf("another")), "crypto.root_key_wrong");
}

TEST_F(Pkcs11Test, TheRootMovesFromAFileToTheTokenAndRotatesThere) {
  const Pkcs11Place place = PlaceOf(MakeKey());
  auto home = KeyHome::Open(options_, RootKeySource::File(), clock_);
  ASSERT_TRUE(home.ok());
  const Key key = (*home)->Named("test")->key;
  ASSERT_TRUE((*home)->RotateRoot(RootKeySource::Pkcs11(place)).ok());
  EXPECT_FALSE(fs::exists(options_.directory / "root.key"));
  ASSERT_TRUE((*home)->RotateRoot().ok());
  EXPECT_EQ((*home)->About()->root_version, 3u);
  EXPECT_EQ((*home)->Named("test")->key, key);
  home->reset();
  home = Open(place);
  ASSERT_TRUE(home.ok()) << home.error().DebugString();
  EXPECT_EQ((*home)->Named("test")->key, key);
  EXPECT_EQ((*home)->About()->root_version, 3u);
}

}  // namespace
}  // namespace privity
