using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TransferLearning.Hosting.Tests;

/// <summary>Listens to the library's meter. Tests that run at the same time are heard too, so such tests share a collection.</summary>
internal sealed class RecordedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(Instrument Instrument, double Value, Dictionary<string, object?> Tags)> _measurements = new();

    public RecordedMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "TransferLearning")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<(Instrument Instrument, double Value, Dictionary<string, object?> Tags)> Measurements => _measurements;

    public double[] Values(string instrument) =>
        [.. _measurements.Where(m => m.Instrument.Name == instrument).Select(m => m.Value)];

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measurements.Enqueue((instrument, value, tags.ToArray().ToDictionary()));
}
