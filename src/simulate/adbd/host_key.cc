#include "simulate/adbd/host_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <vector>

#include "base/text.h"

namespace bk::simulate::adbd {
namespace {

// 32-bit words of the modulus, of its inverse, the modulus, Montgomery's R squared, the exponent.
constexpr std::size_t kModulusBytes = 256;
constexpr std::size_t kKeyBytes = 4 + 4 + kModulusBytes + kModulusBytes + 4;
constexpr std::size_t kBase64Bytes = (kKeyBytes + 2) / 3 * 4;

template <class T, auto kFree>
struct Freed {
  void operator()(T* what) const { kFree(what); }
};
using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;

const unsigned char* Raw(Bytes bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::shared_ptr<EVP_PKEY> MakeKey(Bytes modulus, std::uint32_t exponent) {
  const Number n(BN_lebin2bn(Raw(modulus), static_cast<int>(modulus.size()), nullptr));
  const Number e(BN_new());
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || BN_set_word(e.get(), exponent) != 1) return nullptr;
  // A modulus that is short or even belongs to no key, and costs time or an error later.
  if (BN_num_bytes(n.get()) != static_cast<int>(kModulusBytes) || BN_is_odd(n.get()) == 0)
    return nullptr;
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
    return nullptr;
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return {key, EVP_PKEY_free};
}

}  // namespace

std::optional<HostKey> HostKey::Parse(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  const std::size_t blank = text.find(' ');
  HostKey key;
  key.base64_ = text.substr(0, blank);
  if (blank != std::string_view::npos) key.owner_ = Trim(text.substr(blank));
  if (key.base64_.size() != kBase64Bytes) return std::nullopt;

  std::vector<std::byte> bytes(kBase64Bytes / 4 * 3);
  if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), Raw(AsBytes(key.base64_)),
                      static_cast<int>(kBase64Bytes)) < static_cast<int>(kKeyBytes))
    return std::nullopt;
  ByteReader reader{Bytes(bytes)};
  const std::uint32_t words = reader.Le32();
  reader.Skip(4);
  const Bytes modulus = reader.Take(kModulusBytes);
  reader.Skip(kModulusBytes);
  const std::uint32_t exponent = reader.Le32();
  if (!reader.ok() || words != kModulusBytes / 4 || (exponent != 3 && exponent != 65537))
    return std::nullopt;
  key.key_ = MakeKey(modulus, exponent);
  if (!key.key_) return std::nullopt;
  return key;
}

bool HostKey::Signed(Bytes token, Bytes signature) const {
  const Context context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  return context && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha1()) == 1 &&
         EVP_PKEY_verify(context.get(), Raw(signature), signature.size(), Raw(token),
                         token.size()) == 1;
}

}  // namespace bk::simulate::adbd
