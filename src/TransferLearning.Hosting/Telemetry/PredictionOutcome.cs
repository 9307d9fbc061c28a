namespace TransferLearning.Hosting.Telemetry;

/// <summary>How a request ended, as metrics and traces name it.</summary>
internal static class PredictionOutcome
{
    public const string Success = "success";
    public const string UnusableImage = "unusable_image";
    public const string QueueFull = "queue_full";
    public const string Canceled = "canceled";
    public const string Failed = "failed";

    public static string Of(Exception e) => e switch
    {
        UnusableImageException => UnusableImage,
        ModelQueueFullException => QueueFull,
        OperationCanceledException => Canceled,
        _ => Failed,
    };
}
