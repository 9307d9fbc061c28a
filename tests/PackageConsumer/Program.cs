using TransferLearning;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Strategies;

// Trains on two kinds of images that the program makes itself, saves the model, loads it and predicts: all through the packages.
string folder = Directory.CreateTempSubdirectory("package-consumer-").FullName;
try
{
    foreach (string label in (string[])["dark", "light"])
    {
        Directory.CreateDirectory(Path.Combine(folder, "images", label));
        for (int number = 0; number < 6; number++)
        {
            File.WriteAllBytes(Path.Combine(folder, "images", label, $"{number}.bmp"), PackageConsumer.Bitmap.Create(label == "light" ? 200 : 40, number));
        }
    }

    string file = Path.Combine(folder, "model.onnx");
    FineTuningResult result = TransferPipeline.FineTune(Path.Combine(folder, "images")).WithoutBottleneckCache().Fit();
    result.Model.Save(file);

    using TransferModel model = TransferModel.Load(file);
    Prediction prediction = model.Predict(RgbImage.Decode(PackageConsumer.Bitmap.Create(210, 9)));
    Console.WriteLine($"{prediction.Label} ({prediction.Probability:0.000}) by a model of {result.TrainImages} images");
    return prediction.Label == "light" ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
