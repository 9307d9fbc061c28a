using TransferLearning.Models;

using TransferModel model = TransferModel.Load(args[0]);
Console.WriteLine(model.Predict(args[1]).Label);
