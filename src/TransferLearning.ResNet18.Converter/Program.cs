using TransferLearning.ResNet18.Converter;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.Onnx;

if (args is not [var network, var preprocessing, var output])
{
    Console.Error.WriteLine("usage: TransferLearning.ResNet18.Converter NETWORK.onnx PREPROCESSING.onnx OUTPUT.onnx");
    return 1;
}

try
{
    OnnxWriter.WriteFile(
        ResNet18Conversion.Convert(OnnxReader.Read(network), OnnxReader.Read(preprocessing)), output, OnnxWeightType.Float16);
    return 0;
}
catch (Exception e) when (e is InvalidNetworkException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
