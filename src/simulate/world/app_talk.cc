#include "simulate/world/app_talk.h"

#include <algorithm>
#include <utility>

#include "codec/miband/auth.h"

namespace bk::simulate::world {

namespace mb = codec::miband;
using mb::Attribute;

namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000, kQuarterMicros = 15 * kMinuteMicros;
// Of one fetch: a band that always has one more would keep the app for ever.
constexpr int kRoundsMax = 50;
constexpr std::size_t kChallengeBytes = 16;
constexpr std::uint32_t kRecordsMax = 100'000;

mb::Clock LocalClock(std::int64_t utc_us, std::int8_t quarter_hours) {
  return mb::ClockFrom(BandTime{utc_us + quarter_hours * kQuarterMicros}, quarter_hours);
}

}  // namespace

void AppTalk::Begin(const Wanted& wanted) {
  wanted_ = wanted;
  state_ = State::kRuns;
  step_ = 0;
  orders_.clear();
  streams_ = false;
  rounds_ = 0;
  fetched_ = 0;
  switch (wanted.talk) {
    case Talk::kSecure:
      return Finish();
    case Talk::kDiscover:
      orders_.emplace_back(ports::DiscoverOrder{});
      return;
    case Talk::kProve:
      proof_ = 0;
      return Subscribe(Attribute::kAuth);
    case Talk::kInitialise:
      return Write(
          Attribute::kCurrentTime,
          mb::Encode(mb::CurrentTime{.clock = LocalClock(wanted.utc_us, wanted.quarter_hours)}));
    case Talk::kFetch:
    case Talk::kFetchStart:
      if (!listens_) return Subscribe(Attribute::kFetchControl);
      step_ = 2;
      return StartRound();
  }
}

void AppTalk::LinkGone() {
  std::vector<UtcMinute> minutes = TakeMinutes();
  *this = AppTalk(*cipher_);
  minutes_ = std::move(minutes);
}

std::vector<ports::RadioOrder> AppTalk::TakeOrders() {
  std::vector<ports::RadioOrder> orders(std::make_move_iterator(orders_.begin()),
                                        std::make_move_iterator(orders_.end()));
  orders_.clear();
  return orders;
}

void AppTalk::Hear(const ports::RadioEvent& event) {
  if (state_ != State::kRuns) return;
  // What the band refuses as a request ends the talk.
  if (const auto* done = std::get_if<ports::RequestDone>(&event); done != nullptr && done->error)
    return Fail();
  switch (wanted_.talk) {
    case Talk::kDiscover:
      if (const auto* found = std::get_if<ports::Discovered>(&event)) {
        table_ = found->table;
        if (table_.empty()) return Fail();
        Finish();
      }
      return;
    case Talk::kProve:
      return Prove(event);
    case Talk::kInitialise:
      return Initialise(event);
    case Talk::kFetch:
    case Talk::kFetchStart:
      return Fetch(event);
    case Talk::kSecure:
      return;
  }
}

void AppTalk::Prove(const ports::RadioEvent& event) {
  if (std::holds_alternative<ports::RequestDone>(event) && step_ == 0) {
    step_ = 1;
    const std::byte ask[] = {std::byte{0x02}};
    return Write(Attribute::kAuth, mb::Encode(mb::AuthRequest{
                                       .op = mb::AuthOp::kRandom, .crypt = true, .payload = ask}));
  }
  const auto* notified = std::get_if<ports::Notified>(&event);
  if (notified == nullptr || notified->handle != HandleOf(Attribute::kAuth)) return;
  const auto reply = mb::DecodeAuthReply(notified->bytes);
  if (!reply) return;
  constexpr auto kOk = static_cast<std::uint8_t>(mb::AuthStatus::kOk);
  if (reply->op == mb::AuthOp::kRandom && step_ == 1) {
    proof_ = reply->status;
    if (reply->status != kOk || reply->payload.size() != kChallengeBytes) return Finish();
    ports::Block16 challenge{};
    std::ranges::copy(reply->payload, challenge.begin());
    const ports::Block16 proof = cipher_->Aes128(wanted_.key, challenge);
    step_ = 2;
    return Write(Attribute::kAuth, mb::Encode(mb::AuthRequest{
                                       .op = mb::AuthOp::kProof, .crypt = true, .payload = proof}));
  }
  if (reply->op == mb::AuthOp::kProof && step_ == 2) {
    proof_ = reply->status;
    Finish();
  }
}

void AppTalk::Initialise(const ports::RadioEvent& event) {
  const auto* done = std::get_if<ports::RequestDone>(&event);
  if (done == nullptr) return;
  switch (step_++) {
    case 0:
      return Subscribe(Attribute::kBattery);
    case 1:
      orders_.emplace_back(ports::ReadOrder{HandleOf(Attribute::kBattery)});
      return;
    case 2:
      return Subscribe(Attribute::kEvents);
    default:
      return Finish();
  }
}

void AppTalk::StartRound() {
  mb::FetchRequest request{.op = mb::FetchOp::kStart};
  request.since = LocalClock(wanted_.since * kMinuteMicros, wanted_.quarter_hours);
  Write(Attribute::kFetchControl, mb::Encode(request));
}

void AppTalk::Fetch(const ports::RadioEvent& event) {
  if (std::holds_alternative<ports::RequestDone>(event)) {
    if (step_ == 0) {
      step_ = 1;
      return Subscribe(Attribute::kFetchData);
    }
    if (step_ == 1) {
      listens_ = true;
      step_ = 2;
      return StartRound();
    }
    return;  // a command went out
  }
  const auto* notified = std::get_if<ports::Notified>(&event);
  if (notified == nullptr) return;
  if (notified->handle == HandleOf(Attribute::kFetchData) && streams_) {
    const auto data = mb::DecodeFetchData(notified->bytes);
    if (!data) return;
    broken_ = broken_ || counter_.Next(data->counter) != 0;
    bytes_ += data->payload.size();
  } else if (notified->handle == HandleOf(Attribute::kFetchControl)) {
    if (const auto reply = mb::DecodeFetchReply(notified->bytes)) FetchReplied(*reply);
  }
}

void AppTalk::FetchReplied(const mb::FetchReply& reply) {
  const bool well = reply.status == mb::kSuccess;
  switch (reply.op) {
    case mb::FetchOp::kStart: {
      if (step_ != 2) return;
      if (!well) return Fail();  // the band has no time for it
      if (wanted_.talk == Talk::kFetchStart || reply.records == 0 || !reply.since.Valid() ||
          reply.records > kRecordsMax)
        return Finish();
      records_ = reply.records;
      first_ =
          (reply.since.Local().us - reply.since.quarter_hours * kQuarterMicros) / kMinuteMicros;
      bytes_ = 0;
      counter_ = {};
      broken_ = false;
      streams_ = true;
      step_ = 3;
      return Write(Attribute::kFetchControl, mb::Encode(mb::FetchRequest{.op = mb::FetchOp::kGo}));
    }
    case mb::FetchOp::kGo:
      if (step_ != 3) return;
      streams_ = false;
      // A round with a hole is useless; it is asked for again with the next sync.
      if (!well || broken_ || bytes_ != records_ * mb::FetchRecordBytes(mb::FetchType::kActivity))
        return Fail();
      step_ = 4;
      return Write(Attribute::kFetchControl,
                   mb::Encode(mb::FetchRequest{.op = mb::FetchOp::kAcknowledge}));
    case mb::FetchOp::kAcknowledge:
      if (step_ != 4 || !well) return;
      for (std::uint32_t i = 0; i < records_; ++i) minutes_.push_back(first_ + i);
      fetched_ += static_cast<int>(records_);
      wanted_.since = first_ + records_;
      if (++rounds_ >= kRoundsMax) return Finish();
      step_ = 2;
      return StartRound();
  }
}

std::uint16_t AppTalk::HandleOf(Attribute attribute) const {
  const Uuid uuid = mb::FullUuid(mb::InfoOf(attribute).uuid);
  const auto at = std::ranges::find(table_, uuid, &ports::GattCharacteristic::uuid);
  return at == table_.end() ? std::uint16_t{0} : at->handle;
}

void AppTalk::Subscribe(Attribute attribute) {
  orders_.emplace_back(ports::SubscribeOrder{HandleOf(attribute), true});
}

void AppTalk::Write(Attribute attribute, std::vector<std::byte> bytes) {
  const bool request = (mb::InfoOf(attribute).properties & mb::kWrite) != 0;
  orders_.emplace_back(ports::WriteOrder{HandleOf(attribute), std::move(bytes), request});
}

}  // namespace bk::simulate::world
