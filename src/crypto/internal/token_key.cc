#include "crypto/internal/token_key.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/secret.h"

namespace privity::internal {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
static_assert(kNonceBytes + Key::kBytes + kTagBytes == kTokenSealedBytes);

Status Checked(CK_RV answer, const char* call) {
  if (answer == CKR_OK) return Ok();
  return Error("crypto.token_failed", {{"call", call}, {"code", std::to_string(answer)}});
}

// The standard's structures take pointers to changeable memory also for what is only read.
CK_BYTE_PTR ReadOnly(BytesView bytes) {
  return reinterpret_cast<CK_BYTE_PTR>(const_cast<std::byte*>(bytes.data()));  // NOLINT
}
CK_BYTE_PTR Out(std::span<std::byte> bytes) {
  return reinterpret_cast<CK_BYTE_PTR>(bytes.data());
}

Result<CK_FUNCTION_LIST*> LoadModule(const std::filesystem::path& path) {
  const Error unusable("crypto.token_module_unusable", {{"module", path.string()}});
  if (!path.is_absolute()) return unusable;
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return unusable;
  const auto list = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (list == nullptr || list(&functions) != CKR_OK || functions == nullptr) return unusable;
  CK_C_INITIALIZE_ARGS threads{};
  threads.flags = CKF_OS_LOCKING_OK;
  const CK_RV started = functions->C_Initialize(&threads);
  if (started != CKR_CRYPTOKI_ALREADY_INITIALIZED) PRIVITY_TRY_VOID(Checked(started, "C_Initialize"));
  return functions;
}

// Labels are filled with spaces to 32 bytes.
bool IsLabel(const CK_UTF8CHAR (&padded)[32], std::string_view label) {
  std::string_view text(reinterpret_cast<const char*>(padded), sizeof(padded));
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  return text == label;
}

Result<CK_SLOT_ID> FindToken(CK_FUNCTION_LIST& module, const std::string& label) {
  CK_ULONG count = 0;
  PRIVITY_TRY_VOID(Checked(module.C_GetSlotList(CK_TRUE, nullptr, &count), "C_GetSlotList"));
  std::vector<CK_SLOT_ID> slots(count);
  PRIVITY_TRY_VOID(Checked(module.C_GetSlotList(CK_TRUE, slots.data(), &count), "C_GetSlotList"));
  slots.resize(count);
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO about{};
    if (module.C_GetTokenInfo(slot, &about) == CKR_OK && IsLabel(about.label, label)) return slot;
  }
  return Error("crypto.token_absent", {{"token", label}});
}

Status LogIn(CK_FUNCTION_LIST& module, CK_SESSION_HANDLE session, const Pkcs11Place& place) {
  const std::string& pin = place.pin.Reveal();
  const CK_RV answer = module.C_Login(session, CKU_USER, ReadOnly(AsBytes(pin)), pin.size());
  switch (answer) {
    case CKR_USER_ALREADY_LOGGED_IN:
      return Ok();
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
      return Error("crypto.token_pin_wrong", {{"token", place.token}});
    case CKR_PIN_LOCKED:
      return Error("crypto.token_pin_locked", {{"token", place.token}});
    default:
      return Checked(answer, "C_Login");
  }
}

Result<CK_OBJECT_HANDLE> FindKey(CK_FUNCTION_LIST& module, CK_SESSION_HANDLE session, const Pkcs11Place& place) {
  CK_OBJECT_CLASS secret_key = CKO_SECRET_KEY;
  CK_KEY_TYPE aes = CKK_AES;
  std::string label = place.key;
  CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &secret_key, sizeof(secret_key)},
                           {CKA_KEY_TYPE, &aes, sizeof(aes)},
                           {CKA_LABEL, label.data(), label.size()}};
  PRIVITY_TRY_VOID(Checked(module.C_FindObjectsInit(session, wanted, std::size(wanted)), "C_FindObjectsInit"));
  CK_OBJECT_HANDLE found[2] = {};
  CK_ULONG count = 0;
  const CK_RV answer = module.C_FindObjects(session, found, std::size(found), &count);
  PRIVITY_TRY_VOID(Checked(module.C_FindObjectsFinal(session), "C_FindObjectsFinal"));
  PRIVITY_TRY_VOID(Checked(answer, "C_FindObjects"));
  if (count == 0) return Error("crypto.token_key_missing", {{"key", place.key}, {"token", place.token}});
  if (count > 1) return Error("crypto.token_key_ambiguous", {{"key", place.key}, {"token", place.token}});
  return found[0];
}

Status CheckStaysInside(CK_FUNCTION_LIST& module, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key,
                        const Pkcs11Place& place) {
  CK_BBOOL sensitive = CK_FALSE, extractable = CK_TRUE;
  CK_ATTRIBUTE asked[] = {{CKA_SENSITIVE, &sensitive, sizeof(sensitive)},
                          {CKA_EXTRACTABLE, &extractable, sizeof(extractable)}};
  PRIVITY_TRY_VOID(Checked(module.C_GetAttributeValue(session, key, asked, std::size(asked)), "C_GetAttributeValue"));
  if (sensitive == CK_TRUE && extractable == CK_FALSE) return Ok();
  return Error("crypto.token_key_leaves", {{"key", place.key}, {"token", place.token}});
}

}  // namespace

struct TokenKey::Session {
  explicit Session(CK_FUNCTION_LIST* functions) : module(functions) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    if (handle != CK_INVALID_HANDLE) module->C_CloseSession(handle);
  }

  CK_FUNCTION_LIST* const module;
  CK_SESSION_HANDLE handle = CK_INVALID_HANDLE;
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
};

namespace {

// AES-GCM's parameters; borrow from both, and go into a CK_MECHANISM.
CK_GCM_PARAMS GcmOf(BytesView nonce, BytesView context) {
  return {ReadOnly(nonce), kNonceBytes, kNonceBytes * 8, ReadOnly(context), context.size(), kTagBytes * 8};
}

}  // namespace

TokenKey::TokenKey(std::unique_ptr<Session> session) : session_(std::move(session)) {}
TokenKey::TokenKey(TokenKey&&) noexcept = default;
TokenKey::~TokenKey() = default;

Result<TokenKey> TokenKey::Find(const Pkcs11Place& place) {
  PRIVITY_TRY(CK_FUNCTION_LIST * module, LoadModule(place.module));
  PRIVITY_TRY(const CK_SLOT_ID slot, FindToken(*module, place.token));
  auto session = std::make_unique<Session>(module);
  PRIVITY_TRY_VOID(
      Checked(module->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session->handle), "C_OpenSession"));
  PRIVITY_TRY_VOID(LogIn(*module, session->handle, place));
  PRIVITY_TRY(session->key, FindKey(*module, session->handle, place));
  PRIVITY_TRY_VOID(CheckStaysInside(*module, session->handle, session->key, place));
  return TokenKey(std::move(session));
}

Result<TokenKey::Sealed> TokenKey::Seal(const Key& root, BytesView context) {
  Sealed sealed;
  const auto nonce = std::span(sealed).first(kNonceBytes);
  const auto rest = std::span(sealed).subspan(kNonceBytes);
  FillRandom(nonce);
  CK_GCM_PARAMS parameters = GcmOf(nonce, context);
  CK_MECHANISM mechanism{CKM_AES_GCM, &parameters, sizeof(parameters)};
  CK_FUNCTION_LIST& module = *session_->module;
  PRIVITY_TRY_VOID(Checked(module.C_EncryptInit(session_->handle, &mechanism, session_->key), "C_EncryptInit"));
  CK_ULONG written = rest.size();
  PRIVITY_TRY_VOID(Checked(
      module.C_Encrypt(session_->handle, ReadOnly(root.Reveal()), Key::kBytes, Out(rest), &written), "C_Encrypt"));
  if (written != rest.size()) return Checked(CKR_DATA_LEN_RANGE, "C_Encrypt").error();
  return sealed;
}

Result<Key> TokenKey::Open(const Sealed& sealed, BytesView context) {
  const auto nonce = BytesView(sealed).first(kNonceBytes);
  const auto rest = BytesView(sealed).subspan(kNonceBytes);
  CK_GCM_PARAMS parameters = GcmOf(nonce, context);
  CK_MECHANISM mechanism{CKM_AES_GCM, &parameters, sizeof(parameters)};
  CK_FUNCTION_LIST& module = *session_->module;
  PRIVITY_TRY_VOID(Checked(module.C_DecryptInit(session_->handle, &mechanism, session_->key), "C_DecryptInit"));
  // Room for the tag, too: some tokens ask for as much as goes in.
  Bytes plain(rest.size());
  CK_ULONG written = plain.size();
  const CK_RV answer = module.C_Decrypt(session_->handle, ReadOnly(rest), rest.size(), Out(plain), &written);
  const SecretBytes opened(std::move(plain));
  switch (answer) {
    case CKR_OK:
      return Key::FromBytes(BytesView(opened.Reveal()).first(written));
    // What tokens answer when the tag is wrong: the standard's word (section 2.12.3), and what SoftHSM says.
    case CKR_ENCRYPTED_DATA_INVALID:
    case CKR_ENCRYPTED_DATA_LEN_RANGE:
    case CKR_GENERAL_ERROR:
      return Error("crypto.root_key_wrong");
    default:
      return Checked(answer, "C_Decrypt").error();
  }
}

}  // namespace privity::internal
