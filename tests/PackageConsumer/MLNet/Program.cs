using Microsoft.ML;
using MLNetConsumer;

// "train IMAGES PIPELINE": a folder with one folder per class becomes a saved pipeline. "predict PIPELINE IMAGE" prints its label.
var mlContext = new MLContext(seed: 0);
if (args is ["predict", string saved, string image])
{
    // Nothing here names this library: ML.NET finds its assembly beside the program.
    ITransformer loaded = mlContext.Model.Load(saved, out _);
    using PredictionEngine<Photo, ScoredPhoto> engine = mlContext.Model.CreatePredictionEngine<Photo, ScoredPhoto>(loaded);
    Console.WriteLine(engine.Predict(new Photo { Image = image }).PredictedLabel);
    return;
}

IDataView photos = mlContext.Data.LoadFromEnumerable(Directory.EnumerateFiles(args[1], "*", SearchOption.AllDirectories)
    .Select(path => new Photo { Image = path, Label = Path.GetFileName(Path.GetDirectoryName(path)) }));
ITransformer trained = mlContext.Transforms.Conversion.MapValueToKey("Label")
    .Append(mlContext.MulticlassClassification.Trainers.TransferLearning())
    .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
    .Fit(photos);
mlContext.Model.Save(trained, photos.Schema, args[2]);
