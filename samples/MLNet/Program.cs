using Microsoft.ML;
using TransferLearning;
using TransferLearning.Data;
using TransferLearning.Samples;

if (args is not [string data, string modelFile, .. string[] images])
{
    Console.Error.WriteLine("Usage: TransferLearning.Samples.MLNet DATA MODEL.zip [IMAGE...]");
    return 1;
}

try
{
    var mlContext = new MLContext();
    ImageDataset dataset = ImageDataset.Open(data);
    IDataView photos = mlContext.Data.LoadFromEnumerable(dataset.Images.Select(i => new Photo { Image = i.Path, Label = i.Label }));

    // Train within a pipeline, in place of ML.NET's ImageClassification: no TensorFlow is needed.
    ITransformer trained = mlContext.Transforms.Conversion.MapValueToKey("Label")
        .Append(mlContext.MulticlassClassification.Trainers.TransferLearning())
        .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(photos);
    mlContext.Model.Save(trained, photos.Schema, modelFile);

    // Load and predict: usually another program does this; it too references TransferLearning.MLNet.
    ITransformer model = mlContext.Model.Load(modelFile, out _);
    using PredictionEngine<Photo, ScoredPhoto> engine = mlContext.Model.CreatePredictionEngine<Photo, ScoredPhoto>(model);
    foreach (string image in images)
    {
        ScoredPhoto prediction = engine.Predict(new Photo { Image = image });
        Console.WriteLine($"{image}: {prediction.PredictedLabel} ({prediction.Score.Max():P1})");
    }

    return 0;
}
catch (TransferLearningException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
