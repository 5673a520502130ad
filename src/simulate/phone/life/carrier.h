// What carries a companion app's words to its band. The app's steps (companion.h) and what
// restricts them are the same whatever carries; who hears whom, and what the band answers, is the
// carrier's. There are two: the plain one here, and simulate/world's, where the words are real ATT
// on a simulated air. The README says which is used when.
//
// An app asks once its time (CompanionApp::next) has come; a carrier that knows earlier brings the
// time forward. Reasons and statuses are HCI's.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "simulate/phone/android.h"

namespace bk::simulate {

// What an app and its band do over a link, in this order.
enum class Talk : std::uint8_t {
  kSecure,    // encryption with the bond's key
  kDiscover,  // the band's table
  kProve,     // the app's key
  kInitialise,
  kFetch,
  kFetchStart,  // by an app that cannot take what comes: asks, and lets it be
};
enum class TalkEnd : std::uint8_t { kUnderWay, kDone, kNoAnswer };
enum class CallEnd : std::uint8_t { kUp, kNobody, kNotEstablished };

class Carrier {
 public:
  virtual ~Carrier() = default;

  // A search has begun: how long the app waits at most until it asks what was heard.
  virtual std::chrono::microseconds Search(Android& phone, const std::string& package) = 0;
  // Whether a search that goes on has heard the app's band.
  virtual bool Heard(Android& phone, const std::string& package) = 0;
  // The app calls its band: how long it waits at most, and what came of it.
  virtual std::chrono::microseconds Call(Android& phone, const std::string& package) = 0;
  virtual CallEnd Called(Android& phone, const std::string& package) = 0;

  // The same question until it is no longer under way.
  virtual TalkEnd Talked(Android& phone, const std::string& package, Talk talk) = 0;
  // What came of it: the band's word on the proof (miband::AuthStatus), and how many minutes of
  // activity came.
  virtual std::uint8_t Proof(Android& phone, const std::string& package) = 0;
  virtual int Minutes(Android& phone, const std::string& package) = 0;
  // What of it stands in the phone's logs, and on the air.
  virtual void Encrypts(Android& phone, const std::string& address, int status) = 0;
  virtual void Pairs(Android& phone, const std::string& address, bool band_asks, int reason) = 0;

  // The talk has failed and the link is to end so. True: it will, and LinkLost is called then;
  // false: the caller does it.
  virtual bool Ends(Android& phone, const std::string& address, int reason) = 0;
};

// The band as the phone's own state has it (Life::band): outcomes follow from its fields and the
// phone's seed, and are there at once. Has no state of its own.
class PlainCarrier final : public Carrier {
 public:
  std::chrono::microseconds Search(Android& phone, const std::string& package) override;
  bool Heard(Android& phone, const std::string& package) override;
  std::chrono::microseconds Call(Android& phone, const std::string& package) override;
  CallEnd Called(Android& phone, const std::string& package) override;
  TalkEnd Talked(Android& /*phone*/, const std::string& /*package*/, Talk /*talk*/) override {
    return TalkEnd::kDone;
  }
  std::uint8_t Proof(Android& phone, const std::string& package) override;
  int Minutes(Android& phone, const std::string& package) override;
  void Encrypts(Android& phone, const std::string& address, int status) override;
  void Pairs(Android& phone, const std::string& address, bool band_asks, int reason) override;
  bool Ends(Android& /*phone*/, const std::string& /*address*/, int /*reason*/) override {
    return false;
  }
};

// How long an app searches, and how long the stack calls, before they give up.
inline constexpr std::chrono::seconds kScanFor{10};
inline constexpr std::chrono::seconds kDirectConnect{30};

// The Bluetooth app itself is restricted: it works while somebody looks. `package`: for whom.
bool HeldBackRadio(const Android& phone, const std::string& package);

}  // namespace bk::simulate
