// Times ONNX Runtime on one network and prints a line of JSON: { "name", "batch", "threads", "milliseconds": [one number per run] }.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

const int WarmUpRuns = 3;
const int MinRuns = 3;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var model, var threadsText, var batchText, var secondsText, .. var sizes])
{
    Console.Error.WriteLine("usage: MODEL THREADS BATCH SECONDS [SIZE]");
    return 1;
}

(int threads, int batch, double seconds) = (int.Parse(threadsText), int.Parse(batchText), double.Parse(secondsText));
int size = sizes is [var given] ? int.Parse(given) : 224;
using var options = new SessionOptions
{
    IntraOpNumThreads = threads,
    InterOpNumThreads = 1,
    ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
    GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
};
using var session = new InferenceSession(model, options);
using var runOptions = new RunOptions();

// Pixel values from -1 to 1. Any values but zeros give the same time.
var random = new Random(1);
float[] pixels = new float[batch * 3 * size * size];
foreach (ref float pixel in pixels.AsSpan())
{
    pixel = (2 * random.NextSingle()) - 1;
}

using var input = OrtValue.CreateTensorValueFromMemory(pixels, [batch, 3, size, size]);
for (int i = 0; i < WarmUpRuns; i++)
{
    Run();
}

var milliseconds = new List<double>();
long start = Stopwatch.GetTimestamp();
while (milliseconds.Count < MinRuns || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
{
    long before = Stopwatch.GetTimestamp();
    Run();
    milliseconds.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
}

Console.WriteLine(
    $"{{\"name\":\"onnxruntime\",\"batch\":{batch},\"threads\":{threads},\"milliseconds\":{JsonSerializer.Serialize(milliseconds)}}}");
return 0;

// All outputs, as an application asks for them.
void Run() => session.Run(runOptions, session.InputNames, [input], session.OutputNames).Dispose();
