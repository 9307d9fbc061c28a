namespace TransferLearning;

/// <summary>
/// The entry to transfer learning: each method names a strategy and its data. What it returns takes the settings, through its
/// <c>With...</c> methods, and runs, through <see cref="TransferPipeline{TResult}.Fit"/>.
/// </summary>
/// <remarks>Thread-safe. The methods only note what is to be done: nothing is opened, read or checked before Fit.</remarks>
/// <example><code>
/// FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
/// Console.WriteLine($"accuracy {result.Metrics.Accuracy:P1} on {result.ValidationImages} images");
/// result.Model.Save("flowers.onnx");
/// </code></example>
public static partial class TransferPipeline;
