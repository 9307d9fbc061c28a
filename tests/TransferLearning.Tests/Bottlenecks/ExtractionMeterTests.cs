using TransferLearning.Bottlenecks;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Bottlenecks;

public class ExtractionMeterTests
{
    private readonly ManualTime _time = new();
    private readonly List<ExtractionProgress> _reports = [];

    [Fact]
    public void The_time_for_the_images_left_follows_the_rate_of_those_computed()
    {
        ExtractionMeter meter = Meter(1000);

        meter.AddCached(900);
        _time.Advance(10);
        meter.Add(4);
        _time.Advance(2);
        meter.Add(4);
        _time.Advance(1);
        meter.Add(8);

        _reports.Select(r => r.Done).ShouldBe([904, 908, 916]);
        _reports[0].Remaining.ShouldBeNull("there is no rate yet");
        _reports[1].Remaining.ShouldBe(TimeSpan.FromSeconds(92 * 2 / 4.0), "neither the cache nor the first images count");
        _reports[2].Remaining.ShouldBe(TimeSpan.FromSeconds(84 * 3 / 12.0));
    }

    [Fact]
    public void A_rate_takes_a_second()
    {
        ExtractionMeter meter = Meter(1000);

        meter.Add(1);
        _time.Advance(0.5);
        meter.Add(1);
        _time.Advance(0.5);
        meter.Add(1);

        _reports.Select(r => r.Remaining).ShouldBe([null, TimeSpan.FromSeconds(997 / 2.0)]);
    }

    [Fact]
    public void A_set_from_the_cache_has_no_estimate()
    {
        ExtractionMeter meter = Meter(50);

        _time.Advance(5);
        meter.AddCached(50);

        _reports.ShouldHaveSingleItem().Remaining.ShouldBeNull();
    }

    private ExtractionMeter Meter(int total) => new(total, new RelayedProgress<ExtractionProgress>(_reports.Add), _time);

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
