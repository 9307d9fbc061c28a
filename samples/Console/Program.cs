using TransferLearning;
using TransferLearning.Models;
using TransferLearning.Strategies;

if (args is not [string data, string modelFile, .. string[] images])
{
    Console.Error.WriteLine("Usage: TransferLearning.Samples.Console DATA MODEL [IMAGE...]");
    return 1;
}

try
{
    // Train on a folder with one folder per class. A part of the images is held out to measure the accuracy.
    var progress = new Progress<TransferProgress>(p => Console.Error.Write($"\r{p.Stage} {p.Done}/{p.Total}   "));
    FineTuningResult result = TransferPipeline.FineTune(data).Fit(progress);
    Console.Error.WriteLine();
    Console.WriteLine($"trained on {result.TrainImages} images, accuracy {result.Metrics.Accuracy:P1} on {result.ValidationImages} others");
    foreach (string warning in result.Warnings)
    {
        Console.WriteLine($"warning: {warning}");
    }

    result.Model.Save(modelFile);
    result.Model.Dispose();

    // Load and predict: usually another program does this, on another day.
    using TransferModel model = TransferModel.Load(modelFile);
    foreach (string image in images)
    {
        Prediction prediction = model.Predict(image);
        Console.WriteLine($"{image}: {prediction.Label} ({prediction.Probability:P1})");
    }

    return 0;
}
catch (TransferLearningException e)
{
    // Whatever is wrong with the data, the model file or an image: the message says what and where.
    Console.Error.WriteLine(e.Message);
    return 1;
}
