#include "capture/talk/role_finder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "codec/att/pdu.h"
#include "codec/miband/battery.h"

namespace bk::capture::talk {
namespace {

namespace att = codec::att;
namespace miband = codec::miband;
using miband::Attribute;

constexpr std::size_t kChallengeBytes = 16;

std::optional<miband::ShortUuid> Short(const att::Uuid& uuid) {
  const auto number = static_cast<std::uint16_t>(uuid.high >> 32);
  if (uuid == att::HuamiUuid(number)) return miband::ShortUuid{number, true};
  if (uuid.IsShort()) return miband::ShortUuid{uuid.Short(), false};
  return std::nullopt;
}

// "-0000-3512-2118-0009af100700" as discovery carries it.
constexpr std::array<std::uint8_t, 12> kHuamiBase{0x00, 0x07, 0x10, 0xaf, 0x09, 0x00,
                                                  0x18, 0x21, 0x12, 0x35, 0x00, 0x00};

bool HoldsHuamiBase(Bytes value) {
  const auto same = [](std::byte have, std::uint8_t want) {
    return std::to_integer<std::uint8_t>(have) == want;
  };
  return !std::ranges::search(value, kHuamiBase, same).empty();
}

bool IsWrite(std::uint8_t opcode) {
  return opcode == att::opcode::kWriteRequest || opcode == att::opcode::kWriteCommand;
}

// Answers without payload: what of an answer fits what question.
bool FitsAuth(const miband::AuthRequest& asked, const miband::AuthReply& reply) {
  if (asked.op != reply.op || asked.crypt != reply.crypt) return false;
  if (reply.op == miband::AuthOp::kRandom)
    return reply.status == 1 && reply.payload.size() == kChallengeBytes;
  if (reply.op == miband::AuthOp::kProof) return reply.payload.empty();
  return false;
}

}  // namespace

RoleFinder::RoleFinder(const LinkInfo& link) : table_(evidence::LikenessFromName(link.name) == 3) {}

std::optional<Role> RoleFinder::Find(const AttPdu& pdu) {
  if (pdu.opcode == att::opcode::kReadByTypeResponse ||
      pdu.opcode == att::opcode::kReadByGroupTypeResponse) {
    LearnFromDiscovery(pdu);
    return std::nullopt;
  }
  if (pdu.uuid.known()) {
    const auto uuid = Short(pdu.uuid);
    if (!uuid) return std::nullopt;
    if (uuid->huami) proven_ = true;
    const auto attribute = miband::AttributeFromUuid(*uuid);
    if (!attribute) return std::nullopt;
    return Role{*attribute, false};
  }
  if (pdu.handle == 0) return std::nullopt;
  if (auto role = FindByShape(pdu)) {
    inferred_any_ = true;
    return role;
  }
  if (!table_) return std::nullopt;
  const auto row = miband::MiBand4Handle(pdu.handle);
  if (!row || row->is_cccd) return std::nullopt;
  inferred_any_ = true;
  return Role{row->attribute, true};
}

void RoleFinder::LearnFromDiscovery(const AttPdu& pdu) {
  if (HoldsHuamiBase(pdu.value)) proven_ = true;
}

std::optional<Role> RoleFinder::Settle(std::uint16_t handle, Attribute attribute) {
  if (shaped_.size() >= kHandlesMax) return std::nullopt;
  proven_ = true;
  shaped_[handle] = attribute;
  // Data always lies in the characteristic behind its control: declaration, value, client
  // configuration.
  if (attribute == Attribute::kFetchControl)
    shaped_[static_cast<std::uint16_t>(handle + 3)] = Attribute::kFetchData;
  if (handle == miband::InfoOf(attribute).value_handle) table_ = true;
  if (const auto asked = asked_.find(handle); asked != asked_.end()) {
    earlier_ = asked->second;
    asked_.erase(asked);
  }
  return Role{attribute, true};
}

std::optional<Role> RoleFinder::FindByShape(const AttPdu& pdu) {
  if (const auto known = shaped_.find(pdu.handle); known != shaped_.end())
    return Role{known->second, true};
  if (IsWrite(pdu.opcode) && pdu.from_phone && asked_.size() < kHandlesMax) {
    if (auto request = miband::DecodeAuthRequest(pdu.value)) {
      const bool proof =
          request->op == miband::AuthOp::kProof && request->payload.size() == kChallengeBytes;
      const bool random = request->op == miband::AuthOp::kRandom && request->payload.size() <= 3;
      if (proof || random) {
        request->payload = {};
        asked_.insert_or_assign(pdu.handle, EarlierWrite{*request, pdu.time, pdu.packet});
        return std::nullopt;
      }
    }
    if (const auto request = miband::DecodeFetchRequest(pdu.value);
        request && request->op == miband::FetchOp::kStart && request->since.Valid() &&
        pdu.value.size() == 10) {
      asked_.insert_or_assign(pdu.handle, EarlierWrite{*request, pdu.time, pdu.packet});
      return std::nullopt;
    }
    asked_.erase(pdu.handle);
    return std::nullopt;
  }
  const bool told =
      pdu.opcode == att::opcode::kNotification || pdu.opcode == att::opcode::kReadResponse;
  if (!told || pdu.from_phone) return std::nullopt;
  if (const auto asked = asked_.find(pdu.handle); asked != asked_.end()) {
    if (const auto* auth = std::get_if<miband::AuthRequest>(&asked->second.request)) {
      const auto reply = miband::DecodeAuthReply(pdu.value);
      if (reply && FitsAuth(*auth, *reply)) return Settle(pdu.handle, Attribute::kAuth);
    } else {
      const auto reply = miband::DecodeFetchReply(pdu.value);
      if (reply && reply->op == miband::FetchOp::kStart && reply->status == 1 &&
          reply->since.Valid() && pdu.value.size() <= 16)
        return Settle(pdu.handle, Attribute::kFetchControl);
    }
  }
  // 20 bytes with two dates at fixed places: no other device says that.
  if (const auto battery = miband::DecodeBattery(pdu.value);
      battery && battery->last_full.Valid() && battery->off_charger.Valid())
    return Settle(pdu.handle, Attribute::kBattery);
  return std::nullopt;
}

std::optional<EarlierWrite> RoleFinder::TakeEarlierWrite() {
  return std::exchange(earlier_, std::nullopt);
}

}  // namespace bk::capture::talk
