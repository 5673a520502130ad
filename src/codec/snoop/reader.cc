#include "codec/snoop/reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "codec/snoop/btsnoop_parser.h"
#include "codec/snoop/btsnooz_parser.h"
#include "codec/snoop/emitter.h"
#include "codec/snoop/pcap_parser.h"
#include "codec/snoop/pcapng_parser.h"

namespace bk::codec::snoop {

class SnoopReader::Impl {
 public:
  explicit Impl(PacketSink& sink) : out_(sink) {}

  Status Push(Bytes chunk) {
    if (error_) return std::unexpected(*error_);
    // What lay over from the last chunk grows by what the parser asked for, at least twofold, so
    // that moving it costs no more than reading it; as soon as it is used up, the chunk is read
    // where it lies.
    while (!carry_.empty()) {
      const std::size_t before = carry_.size();
      const std::size_t wanted = std::max(need_ > before ? need_ - before : 1, before);
      const std::size_t taken = std::min(wanted, chunk.size());
      carry_.insert(carry_.end(), chunk.begin(),
                    chunk.begin() + static_cast<std::ptrdiff_t>(taken));
      if (carry_.size() < need_) return {};
      const Progress progress = Parse(carry_, false);
      if (error_) return std::unexpected(*error_);
      need_ = progress.need;
      if (progress.consumed >= before) {
        chunk = chunk.subspan(progress.consumed - before);
        carry_.clear();
      } else {
        carry_.erase(carry_.begin(),
                     carry_.begin() + static_cast<std::ptrdiff_t>(progress.consumed));
        chunk = chunk.subspan(taken);
        if (chunk.empty()) return {};
      }
    }
    if (chunk.size() >= need_) {
      const Progress progress = Parse(chunk, false);
      if (error_) return std::unexpected(*error_);
      need_ = progress.need;
      chunk = chunk.subspan(progress.consumed);
    }
    carry_.assign(chunk.begin(), chunk.end());
    return {};
  }

  Status Finish() {
    if (error_) return std::unexpected(*error_);
    Parse(carry_, true);
    carry_.clear();
    if (!error_) {
      if (auto* pcapng = std::get_if<PcapngParser>(&parser_)) {
        if (const auto refused = pcapng->refused_link_type())
          error_ = Error{ErrorCode::kNotSupported, RefusalOfLinkType(*refused)};
        pcapng->Finish();
      }
      out_.Finish();
    }
    if (error_) return std::unexpected(*error_);
    return {};
  }

  [[nodiscard]] const Format& format() const { return format_; }
  [[nodiscard]] const Emitter& out() const { return out_; }

 private:
  struct Beginning {};
  struct BtsnoopBeginning {};  // past the file's header: btsnoop records, or the ring's?

  Progress Parse(Bytes bytes, bool final) {
    Progress all;
    for (;;) {
      const std::size_t state = parser_.index();
      const Bytes rest = bytes.subspan(all.consumed);
      const Progress step = std::visit(
          [&](auto& parser) { return ParseWith(parser, rest, offset_ + all.consumed, final); },
          parser_);
      all.consumed += step.consumed;
      all.need = step.need;
      if (error_ || parser_.index() == state) break;
    }
    offset_ += all.consumed;
    out_.Flush();
    NameFormat();
    return all;
  }

  Progress ParseWith(Beginning& /*state*/, Bytes bytes, std::uint64_t /*offset*/, bool final) {
    if (bytes.size() < kSniffBytes && !final) return {0, kSniffBytes};
    Result<Format> format = Sniff(bytes.first(std::min(bytes.size(), kSniffBytes)));
    if (!format) {
      error_ = std::move(format).error();
      return {};
    }
    format_ = *std::move(format);
    switch (format_.container) {
      case Container::kBtsnoop:
        return AfterHeader(bytes, BtsnoopParser::kFileHeaderBytes,
                           [this] { parser_.emplace<BtsnoopBeginning>(); });
      case Container::kPcap:
        return AfterHeader(bytes, PcapParser::kFileHeaderBytes,
                           [this] { parser_.emplace<PcapParser>(format_, out_); });
      case Container::kPcapng:
        parser_.emplace<PcapngParser>(out_);
        return {0, 1};
    }
    return {};
  }

  template <class Then>
  Progress AfterHeader(Bytes bytes, std::size_t header_bytes, Then then) {
    if (bytes.size() >= header_bytes) {
      then();
      return {header_bytes, 1};
    }
    out_.Tell({.kind = Damage::Kind::kTruncated,
               .number = 1,
               .text = "the file ends inside its own header"});
    return {bytes.size(), 1};
  }

  Progress ParseWith(BtsnoopBeginning& /*state*/, Bytes bytes, std::uint64_t offset, bool final) {
    if (bytes.size() < BtsnoozParser::kProbeBytes && !final) return {0, BtsnoozParser::kProbeBytes};
    if (const auto version =
            BtsnoozParser::Probe(bytes.first(std::min(bytes.size(), BtsnoozParser::kProbeBytes)))) {
      format_.encapsulation = Encapsulation::kBtsnooz;
      format_.name = "btsnoop header with btsnooz records";
      out_.Tell({.kind = Damage::Kind::kUnsupported,
                 .number = 1,
                 .offset = offset,
                 .text = "the records carry no date: times count from the first one"});
      parser_.emplace<BtsnoozParser>(*version, SnoopTime{}, out_);
    } else {
      parser_.emplace<BtsnoopParser>(format_.encapsulation, out_);
    }
    return {0, 1};
  }

  template <class Parser>
  Progress ParseWith(Parser& parser, Bytes bytes, std::uint64_t offset, bool final) {
    return parser.Parse(bytes, offset, final);
  }

  void NameFormat() {
    if (format_.encapsulation != Encapsulation::kUnknown) return;
    if (const auto* pcapng = std::get_if<PcapngParser>(&parser_)) {
      const auto link_type = pcapng->link_type();
      if (!link_type) return;
      format_.datalink = *link_type;
      format_.encapsulation = EncapsulationOfLinkType(*link_type);
      format_.name = "pcapng, " + LinkTypeName(*link_type);
    }
  }

  Emitter out_;
  Format format_;
  std::variant<Beginning, BtsnoopBeginning, BtsnoopParser, PcapParser, PcapngParser, BtsnoozParser>
      parser_;
  std::uint64_t offset_ = 0;
  std::vector<std::byte> carry_;  // what the parser could not use yet
  std::size_t need_ = kSniffBytes;
  std::optional<Error> error_;
};

SnoopReader::SnoopReader(PacketSink& sink) : impl_(std::make_unique<Impl>(sink)) {}
SnoopReader::~SnoopReader() = default;
Status SnoopReader::Push(Bytes chunk) { return impl_->Push(chunk); }
Status SnoopReader::Finish() { return impl_->Finish(); }
const Format& SnoopReader::format() const { return impl_->format(); }
std::uint64_t SnoopReader::packets() const { return impl_->out().packets(); }
SnoopTime SnoopReader::first() const { return impl_->out().first(); }
SnoopTime SnoopReader::last() const { return impl_->out().last(); }

}  // namespace bk::codec::snoop
