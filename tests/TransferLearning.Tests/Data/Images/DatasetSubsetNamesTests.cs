using TransferLearning.Data;
using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Data.Images;

public sealed class DatasetSubsetNamesTests
{
    [Theory]
    [InlineData("train,Training,TRAIN,trainset,training_set,training-data,Train Images,TrainData,train2017,train_1,trn,train.set,trainval")]
    [InlineData("Trainingsdaten,Trainingsbilder,entraînement,jeu_d_entrainement,entrenamiento")]
    [InlineData("datos de entrenamiento,addestramento,treino")]
    [InlineData("训练,训练集,训练数据,訓練,学習データ,학습,обучение,обучающая_выборка")]
    public void Names_of_training_parts_are_recognized(string names) => All(names, DatasetSubset.Train);

    [Theory]
    [InlineData("val,valid,VALIDATION,validation_set,val-images,dev,devset,eval,evaluation,holdout,hold_out,Hold Out,val2017")]
    [InlineData("Validierung,Validierungsdaten,validación,validazione,validação,验证,验证集,検証用,검증,проверка")]
    public void Names_of_validation_parts_are_recognized(string names) => All(names, DatasetSubset.Validation);

    [Theory]
    [InlineData("test,Testing,test_set,TESTSET,test1,testing_data,test-images,tests,tst,TestData")]
    [InlineData("Testdaten,Prüfung,Pru\u0308fung,essai,prueba,datos_prueba,teste")]
    [InlineData("测试,测试集,テスト,テストデータ,테스트,тест")]
    public void Names_of_test_parts_are_recognized(string names) => All(names, DatasetSubset.Test);

    [Theory]
    [InlineData("daisy,trainer,train station,valley,testament,contest,test tube,setter,data,images,latest,devil,evaluator,protest,trains")]
    [InlineData("train_test_split,Training shoes,steam train,1,evergreen,validus")]
    public void Other_names_are_none(string names)
    {
        foreach (string name in names.Split(','))
        {
            DatasetSubsetNames.Parse(name).ShouldBeNull(name);
        }
    }

    private static void All(string names, DatasetSubset subset)
    {
        foreach (string name in names.Split(','))
        {
            DatasetSubsetNames.Parse(name).ShouldBe(subset, name);
        }
    }
}
