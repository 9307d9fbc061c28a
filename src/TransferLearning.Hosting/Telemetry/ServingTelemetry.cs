using System.Diagnostics;
using System.Diagnostics.Metrics;
using TransferLearning.Models;

namespace TransferLearning.Hosting.Telemetry;

/// <summary>
/// The metrics and traces of all models, named by the conventions of OpenTelemetry: lower case, dots, units by UCUM. Thread-safe.
/// </summary>
internal sealed class ServingTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "TransferLearning";

    private const string ModelName = "transferlearning.model.name";
    private const string Outcome = "transferlearning.outcome";
    private const string BatchSize = "transferlearning.batch.size";

    // From a small network on a fast processor to a large one behind a full queue.
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly int[] Images = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter? _ownMeter;
    private readonly Counter<long> _predictions;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _unknown;
    private readonly UpDownCounter<long> _queue;
    private readonly Histogram<int> _batches;
    private readonly Counter<long> _reloads;

    /// <param name="meters">Makes the meter; null where the application has none, which then gets one of its own.</param>
    public ServingTelemetry(IMeterFactory? meters)
    {
        Meter meter = meters?.Create(Name) ?? (_ownMeter = new Meter(Name));
        _predictions = meter.CreateCounter<long>(
            "transferlearning.predictions", "{image}", "Images that were sent for prediction, by how that ended.");
        _duration = meter.CreateHistogram(
            "transferlearning.prediction.duration",
            "s",
            "Time from a request to its prediction, with reading, decoding and waiting.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        _unknown = meter.CreateCounter<long>(
            "transferlearning.images.unknown", "{image}", "Predicted images that seem to be of none of the model's classes.");
        _queue = meter.CreateUpDownCounter<long>("transferlearning.queue.length", "{image}", "Images that wait to be computed.");
        _batches = meter.CreateHistogram(
            BatchSize,
            "{image}",
            "Images that shared a run of the network, where batching is on.",
            tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = Images });
        _reloads = meter.CreateCounter<long>(
            "transferlearning.model.reloads", "{reload}", "Reloads of models whose files had changed, by how they ended.");
    }

    public void Dispose()
    {
        _activities.Dispose();
        _ownMeter?.Dispose();
    }

    /// <summary>Begins the activity of a prediction; null where nobody listens.</summary>
    public Activity? StartPrediction(string model) => Start("transferlearning.predict", model);

    /// <summary>Begins the activity of loading a model; null where nobody listens.</summary>
    public Activity? StartLoading(string model) => Start("transferlearning.load", model);

    public void Predicted(string model, Prediction prediction, TimeSpan duration, Activity? activity)
    {
        Ended(model, PredictionOutcome.Success, duration, activity);
        if (prediction.IsUnknown)
        {
            _unknown.Add(1, new KeyValuePair<string, object?>(ModelName, model));
        }
    }

    public void Failed(string model, Exception e, TimeSpan duration, Activity? activity)
    {
        Ended(model, PredictionOutcome.Of(e), duration, activity);
        Fail(activity, e);
    }

    public void Reloaded(string model, Exception? failure) => _reloads.Add(
        1,
        new KeyValuePair<string, object?>(ModelName, model),
        new KeyValuePair<string, object?>(Outcome, failure is null ? PredictionOutcome.Success : PredictionOutcome.Failed));

    public void Queued(string model, int images) => _queue.Add(images, new KeyValuePair<string, object?>(ModelName, model));

    public void Batched(string model, int images) => _batches.Record(images, new KeyValuePair<string, object?>(ModelName, model));

    public static void Fail(Activity? activity, Exception e)
    {
        activity?.SetTag("error.type", e.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error, e.Message);
    }

    private Activity? Start(string name, string model) => _activities.StartActivity(name)?.SetTag(ModelName, model);

    private void Ended(string model, string outcome, TimeSpan duration, Activity? activity)
    {
        activity?.SetTag(Outcome, outcome);
        var tags = new TagList { { ModelName, model }, { Outcome, outcome } };
        _predictions.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
    }
}
