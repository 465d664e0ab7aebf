#include "solvers/restored_flow.hpp"

#include "solvers/checkpoint.hpp"

namespace limpid {

namespace {

Basin with_own_channels(Basin basin) {
  std::vector<Channel> channels;
  for (Reach& reach : basin.network.reaches) {
    const auto channel = static_cast<std::size_t>(reach.channel);  // a lake may have none
    channels.push_back(channel < basin.network.channels.size() ? basin.network.channels[channel] : Channel{});
    reach.channel = static_cast<int>(channels.size()) - 1;
  }
  basin.network.channels = std::move(channels);
  return basin;
}

}  // namespace

RestoredFlow::RestoredFlow(const Basin& basin)
    : basin_(basin),
      own_(with_own_channels(basin)),
      channels_(basin.network.reaches.size()),
      flow_(make_hydraulics(own_)) {}

bool RestoredFlow::set_channels(const std::vector<ChannelInput>& channels) {
  bool changed = false;
  for (std::size_t r = 0; r < channels.size(); ++r) {
    Reach& reach = own_.network.reaches[r];
    if (channels[r] == channels_[r] || reach.lake >= 0) continue;
    const Reach& before = basin_.network.reaches[r];
    changed = true;
    channels_[r] = channels[r];
    reach.manning_n = channels[r].manning_n > 0 ? channels[r].manning_n : before.manning_n;
    own_.network.channels[r] =
        widened(basin_.network.channels[static_cast<std::size_t>(before.channel)], channels[r].width_factor);
  }
  return changed;
}

void RestoredFlow::initialise(const WaterInput& input, WaterStep& step) {
  set_channels(input.channels);
  flow_->initialise(input, step);
}

void RestoredFlow::advance(const WaterInput& input, WaterStep& step) {
  if (set_channels(input.channels)) flow_->take_channels(step);
  flow_->advance(input, step);
}

void RestoredFlow::resume(const WaterInput& input, const std::vector<double>& face_rate, WaterStep& step) {
  set_channels(input.channels);
  flow_->resume(input, face_rate, step);
}

void RestoredFlow::checkpoint(Checkpoint& file) {
  std::vector<ChannelInput> channels = channels_;
  file.fixed("channels", channels);
  set_channels(channels);
  flow_->checkpoint(file);
}

}  // namespace limpid
